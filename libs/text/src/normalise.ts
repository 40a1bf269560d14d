import { isLetter } from './characters.js';
import { foldCharacters } from './fold-characters.js';
import { tidyWord } from './repetition.js';
import { scan } from './scan.js';
import { standardSpelling } from './slang.js';
import { joinSpacedOut } from './spaced-out.js';

/** UTF-16 units of input that are looked at; the rest is ignored. */
export const MAX_INPUT = 8_000;
/** UTF-16 units of output, cut at a token. */
export const MAX_OUTPUT = 4_000;
const MAX_TOKEN = 64;

/** A word may be repeated for emphasis or plural; a third copy in a row says nothing more. Special tokens, emoji, ! and ?: one. */
const REPEATS_KEPT = 2;

/**
 * One canonical line for a post: tokens separated by single spaces, lower case. Links, handles, addresses and numbers become
 * `<url>` `<user>` `<email>` `<num>`; a hashtag `<tag>` and its words; a text in capitals starts with `<caps>`. Look-alike and
 * invisible characters, leetspeak, stretching, reduplication, spaced-out letters and common chat spellings are undone.
 *
 * Pure and total: any string in, no throw, at most MAX_OUTPUT units out, linear time. Idempotent.
 */
export const normalise = (text: string): string => normalisedTokens(text).join(' ');

/** The tokens of `normalise`'s line, in order; none for a text that says nothing. */
export function normalisedTokens(text: string): string[] {
  const folded = foldCharacters(text.length > MAX_INPUT ? text.slice(0, MAX_INPUT) : text);
  const out = isShouted(folded) ? ['<caps>'] : [];
  let length = out.length > 0 ? 6 : -1;
  let last = out[0];
  let copies = 1;
  const gaps = new Map<number, string>();
  for (const raw of joinSpacedOut(scan(folded.length > MAX_INPUT ? folded.slice(0, MAX_INPUT) : folded, gaps), gaps)) {
    const token = raw.length > MAX_TOKEN ? cutToken(raw) : standardSpelling(raw);
    copies = token === last ? copies + 1 : 1;
    last = token;
    if (copies > (isLetter(token.charCodeAt(0)) ? REPEATS_KEPT : 1)) continue;
    if (length + token.length + 1 > MAX_OUTPUT) break;
    out.push(token);
    length += token.length + 1;
  }
  return out;
}

/** The first MAX_TOKEN units, and never half a surrogate pair. */
function cutToken(token: string): string {
  const last = token.charCodeAt(MAX_TOKEN - 1);
  return tidyWord(token.slice(0, last >= 0xd800 && last <= 0xdbff ? MAX_TOKEN - 1 : MAX_TOKEN));
}

/** At least twelve ASCII letters, three quarters of them capitals. */
function isShouted(text: string): boolean {
  let capitals = 0;
  let letters = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const small = code | 32; // of an ASCII letter, the small one
    if (code > 127 || small < 97 || small > 122) continue;
    letters++;
    if (code !== small) capitals++;
  }
  return letters >= 12 && capitals * 4 >= letters * 3;
}
