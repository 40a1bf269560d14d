import { isDigit, isLetter, isUpperAscii } from './characters.js';
import { unmask } from './insults.js';
import { isLeetspeak, readLeetspeak } from './leetspeak.js';
import { remembering } from './remembering.js';
import { expandReduplication, tidyWord } from './repetition.js';
import { PLACEHOLDERS } from './special-tokens.js';

/**
 * Adds the tokens of one chunk of letters, digits and inner signs, as it stood in the text (case kept). Usually one word; two for a
 * reduplication; letters and `<num>` apart where digits are not letters in disguise.
 */
export function wordTokens(chunk: string, out: string[]): void {
  const tokens = tokensOf(chunk);
  if (typeof tokens === 'string') out.push(tokens);
  else out.push(...tokens);
}

/** Words repeat, so most chunks are answered from memory. */
const tokensOf = remembering((chunk): string | readonly string[] => {
  const tokens: string[] = [];
  readChunk(chunk, tokens);
  return tokens.length === 1 ? (tokens[0] as string) : tokens;
});

function readChunk(chunk: string, out: string[]): void {
  const placeholder = isUpperAscii(chunk.charCodeAt(0)) ? PLACEHOLDERS.get(chunk) : undefined;
  if (placeholder !== undefined) {
    out.push(placeholder);
    return;
  }
  const word = chunk.toLowerCase();
  if (isAllLetters(word)) {
    out.push(tidyWord(word));
    return;
  }
  const twice = expandReduplication(word);
  if (twice !== undefined) {
    out.push(tidyWord(twice[0]), tidyWord(twice[1]));
    return;
  }
  splitByKind(isLeetspeak(word) ? readLeetspeak(word) : word, out);
}

function isAllLetters(word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code < 97 || (code > 122 && code < 128)) return false;
  }
  return true;
}

/** Runs of digits become one `<num>`, runs of letters (and the censor's asterisk between letters) a word, other signs vanish. */
function splitByKind(word: string, out: string[]): void {
  let letters = '';
  let digits = false;
  const flush = (): void => {
    if (letters.includes('*')) letters = unmask(letters.replace(/\*{1,4}$/, ''));
    if (letters !== '') out.push(tidyWord(letters));
    letters = '';
  };
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (isDigit(code)) {
      flush();
      if (!digits) out.push('<num>');
      digits = true;
      continue;
    }
    digits = false;
    if (code > 127 || isLetter(code) || (code === 42 && letters !== '')) letters += word[i];
    else if (code !== 39) flush(); // an apostrophe joins: "jum'at", "qur'an"
  }
  flush();
}
