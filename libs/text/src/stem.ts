import { remembering } from './remembering.js';

/** Letters that a stem keeps at least: "makan" is a word of its own, not "mak" with "-an". */
const LEAST = 4;
const PARTICLES = ['lah', 'kah', 'pun'];
const PRONOUNS = ['nya', 'ku', 'mu'];
const ENDINGS = ['kan', 'an', 'i'];
const PLAIN_PREFIXES = ['ber', 'ter', 'per', 'di', 'ke', 'se'];
const isVowel = (letter: string | undefined): boolean => letter !== undefined && 'aiueo'.includes(letter);

/**
 * What is left of an Indonesian or Malay word without its affixes: "memberlakukannya", "diberlakukan" and "berlaku" share one stem. Light:
 * without a dictionary, so a stem need not be a word, and some words lose too much. It only has to do the same to both sides.
 */
export const stem = remembering((word: string): string => withoutPrefixes(withoutSuffixes(word)));

function withoutSuffixes(word: string): string {
  let left = word;
  for (const suffixes of [PARTICLES, PRONOUNS, ENDINGS]) {
    const suffix = suffixes.find((one) => left.endsWith(one) && left.length - one.length >= LEAST);
    if (suffix !== undefined) left = left.slice(0, -suffix.length);
  }
  return left;
}

/** At most two: "memberhentikan" is "me-" before "ber-". */
const withoutPrefixes = (word: string): string => withoutPrefix(withoutPrefix(word));

function withoutPrefix(word: string): string {
  const nasal = withoutNasal(word);
  if (nasal !== undefined) return nasal;
  const prefix = PLAIN_PREFIXES.find((one) => word.startsWith(one) && word.length - one.length >= LEAST);
  return prefix === undefined ? word : word.slice(prefix.length);
}

/** "me-" and "pe-" change with the first letter of the stem, and swallow it where that is p, t or s before a vowel. */
function withoutNasal(word: string): string | undefined {
  if (word[1] !== 'e' || (word[0] !== 'm' && word[0] !== 'p')) return undefined;
  const third = word.slice(2);
  if (third.startsWith('ny') && isVowel(third[2]) && third.length >= LEAST + 1) return `s${third.slice(2)}`;
  if (third.startsWith('ng') && third.length >= LEAST + 1) return third.slice(2);
  const [nasal, next = ''] = [third[0], third[1]];
  if (third.length < LEAST + 1) return undefined;
  if (nasal === 'm' && 'bpfv'.includes(next)) return third.slice(1);
  if (nasal === 'm' && isVowel(next)) return `p${third.slice(1)}`;
  if (nasal === 'n' && 'dcjtz'.includes(next)) return third.slice(1);
  if (nasal === 'n' && isVowel(next)) return `t${third.slice(1)}`;
  return 'lrwy'.includes(nasal ?? '-') ? third : undefined;
}
