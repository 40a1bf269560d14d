/**
 * "gobloooook" -> "goblok", "bangett" -> "banget": a run of three or more letters becomes one, and so does a doubled last letter.
 * Doubles inside a word stay ("maaf", "saat").
 */
export function squeezeStretching(word: string): string {
  if (!hasDouble(word)) return word;
  let out = '';
  for (let i = 0; i < word.length;) {
    let end = i + 1;
    while (end < word.length && word[end] === word[i]) end++;
    const run = end - i;
    out += run === 2 && end < word.length ? word.slice(i, end) : (word[i] ?? '');
    i = end;
  }
  return out;
}

function hasDouble(word: string): boolean {
  let before = 0;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code === before) return true;
    before = code;
  }
  return false;
}

/** "wkwkwkwk" -> "wkwk", "hahahah" -> "haha": a word that repeats its first two letters from end to end, five letters or more. */
export function shortenLaughter(word: string): string {
  if (word.length < 5) return word;
  for (let i = 2; i < word.length; i++) if (word[i] !== word[i - 2]) return word;
  return word.slice(0, 4);
}

/** Both of the above. Idempotent. */
export const tidyWord = (word: string): string => shortenLaughter(squeezeStretching(word));

const SUFFIXES = new Set(['', 'nya', 'an', 'ku', 'mu', 'lah', 'kan', 'nye', 'in']);

/**
 * "anak2" -> ["anak", "anak"], "anak2nya" -> ["anak", "anaknya"]; undefined when the word is not written so. The stem has at least
 * three letters, so that "ke2" (second) stays a number.
 */
export function expandReduplication(word: string): [string, string] | undefined {
  const at = word.indexOf('2');
  if (at < 3 || !SUFFIXES.has(word.slice(at + 1))) return undefined;
  const stem = word.slice(0, at);
  for (const character of stem) if (character < 'a' || character > 'z') return undefined;
  return [stem, stem + word.slice(at + 1)];
}
