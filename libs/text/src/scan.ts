import { isDigit, isEmoji, isLetter, isSkinTone, isUpperAscii } from './characters.js';
import { specialTokenAt } from './special-tokens.js';
import { wordTokens } from './word-tokens.js';

const isSpace = (code: number): boolean =>
  code <= 32 || code === 0x85 || code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x3000;
const isHandle = (code: number): boolean =>
  isDigit(code) || (code < 128 && isLetter(code)) || code === 95 || code === 46;
/** Signs that may stand for a letter, or censor one, inside a word: ! $ ' * @ */
const isInnerSign = (code: number): boolean => code === 33 || code === 36 || code === 39 || code === 42 || code === 64;
const MOST_STARS = 4;
const ALWAYS_DOMAINS = new Set(['com', 'net', 'org', 'info', 'ly', 'xyz', 'site']);
const DOMAINS_WITH_PATH = new Set(['id', 'co', 'me', 'gl', 'io', 'tv', 'be', 'in']);
const ENTITIES = ['amp;', 'lt;', 'gt;', 'quot;', 'nbsp;', '#39;'];

/**
 * Splits folded text (see foldCharacters) into raw tokens, left to right, each character looked at a bounded number of times: words,
 * special tokens, single emoji, `!` and `?`. Every other sign only separates.
 * @param gaps for a letter that stands alone after another: what separated the two, by the index of its token
 */
export function scan(text: string, gaps?: Map<number, string>): string[] {
  const out: string[] = [];
  const n = text.length;
  let i = 0;
  let letterEnd = -1; // where a letter that stands alone ended, while it is the last token
  let afterWord = false; // the previous character ended a word: an @ or # there is not a mention or a hashtag
  while (i < n) {
    const code = text.codePointAt(i) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    const wordStarts =
      isDigit(code) || isLetter(code) || (code === 36 && i + 1 < n && isLetter(text.charCodeAt(i + 1)));
    if (wordStarts) {
      const url = urlEnd(text, i, code);
      if (url > i) {
        out.push('<url>');
        i = url;
        continue;
      }
      const end = wordEnd(text, i);
      if (text.charCodeAt(end) === 46 && !text.slice(i, end).includes('@')) {
        const domain = domainEnd(text, i, end);
        if (domain > end) {
          out.push('<url>');
          i = domain;
          continue;
        }
      }
      const chunk = text.slice(i, end);
      const mail = chunk.includes('@') ? mailEnd(text, end) : -1;
      if (mail > 0) out.push('<email>');
      else wordTokens(chunk, out);
      if (end - i === 1) {
        if (letterEnd >= 0) gaps?.set(out.length - 1, text.slice(letterEnd, i));
        letterEnd = end;
      } else letterEnd = -1;
      i = mail > 0 ? mail : end;
      afterWord = true;
      continue;
    }
    const next = i + 1 < n ? text.charCodeAt(i + 1) : 32;
    if (code === 64 && !afterWord && isHandle(next) && next !== 46) {
      out.push('<user>');
      i = skip(text, i + 1, isHandle);
    } else if (code === 35 && !afterWord && (isLetter(next) || isDigit(next) || next === 95)) {
      out.push('<tag>');
      i = hashtag(text, i + 1, out);
    } else if (code === 60 && specialTokenAt(text, i) !== undefined) {
      const token = specialTokenAt(text, i) ?? '<tag>';
      out.push(token);
      i += token.length;
    } else if (code === 38) i += 1 + (ENTITIES.find((entity) => text.startsWith(entity, i + 1))?.length ?? 0);
    else if (code === 92) i += escapeLength(text, i);
    else {
      if (code === 33 || code === 63) out.push(code === 33 ? '!' : '?');
      else if (code > 127 && isEmoji(code) && !isSkinTone(code)) out.push(String.fromCodePoint(code));
      i += width;
    }
    afterWord = false;
  }
  return out;
}

function skip(text: string, from: number, accept: (code: number) => boolean): number {
  let i = from;
  while (i < text.length && accept(text.charCodeAt(i))) i++;
  return i;
}

/** End of the word at `from`: letters and digits, and inner signs that a letter or digit follows. */
function wordEnd(text: string, from: number): number {
  let i = from;
  while (i < text.length) {
    const unit = text.charCodeAt(i);
    if ((unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90)) {
      i++; // nearly every character of a word
      continue;
    }
    const code = text.codePointAt(i) ?? 0;
    if (isDigit(code) || isLetter(code)) i += code > 0xffff ? 2 : 1;
    else if (code === 42 && i > from) {
      const stars = starsFrom(text, i);
      if (!isWordCode(text.charCodeAt(stars))) break;
      i = stars;
    } else if (isInnerSign(code) && i > from && i + 1 < text.length && isWordCode(text.charCodeAt(i + 1))) i++;
    else if (code === 36 && i === from) i++;
    else break;
  }
  return i;
}

/** End of the censor's asterisks at `at`, of which a word holds at most MOST_STARS in a row. */
function starsFrom(text: string, at: number): number {
  let i = at;
  while (i < at + MOST_STARS && text.charCodeAt(i) === 42) i++;
  return i;
}

const isWordCode = (code: number): boolean => isDigit(code) || isLetter(code);

/** End of the URL at `at` (the next white space), or `at` when none starts there. */
function urlEnd(text: string, at: number, code: number): number {
  if (code !== 104 && code !== 119 && code !== 72 && code !== 87) return at;
  const head = text.slice(at, at + 8).toLowerCase();
  if (!head.startsWith('http://') && !head.startsWith('https://') && !head.startsWith('www.')) return at;
  return skip(text, at, (c) => !isSpace(c));
}

/** "bit.ly/x", "contoh.com": end of the link whose first label is text[start, dot), or `dot` when it is only a full stop. */
function domainEnd(text: string, start: number, dot: number): number {
  const end = skip(text, dot + 1, (c) => c < 128 && isLetter(c));
  if (end === dot + 1 || end - dot > 6) return dot;
  const label = text.slice(dot + 1, end).toLowerCase();
  const path = text.charCodeAt(end) === 47 || text.charCodeAt(end) === 46;
  if (!(dot - start >= 2 && ALWAYS_DOMAINS.has(label)) && !(path && DOMAINS_WITH_PATH.has(label))) return dot;
  return skip(text, end, (c) => !isSpace(c));
}

/** With `end` after "nama@contoh": end of the mail address, or -1 when no ".label" follows. */
function mailEnd(text: string, end: number): number {
  if (text.charCodeAt(end) !== 46 || !isWordCode(text.charCodeAt(end + 1))) return -1;
  return skip(text, end, isHandle);
}

/** "#GantiPresiden2019" -> words "Ganti", "Presiden", number: split where a capital follows a small letter. Returns the end. */
function hashtag(text: string, from: number, out: string[]): number {
  let start = from;
  let i = from;
  let before = 0;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (!isWordCode(code) && code !== 95) break;
    const boundary =
      code === 95 ||
      (isUpperAscii(code) && before >= 97 && before <= 122) ||
      (isDigit(code) && !isDigit(before) && i > from);
    if (boundary) {
      if (i > start) wordTokens(text.slice(start, i), out);
      start = code === 95 ? i + 1 : i;
    }
    before = code;
    i++;
  }
  if (i > start) wordTokens(text.slice(start, i), out);
  return i;
}

/** Escapes that exports leave behind: \n \t \r are space, \xf0 is a byte of a lost emoji. Length to skip, at least the backslash. */
function escapeLength(text: string, at: number): number {
  const next = text[at + 1];
  if (next === 'n' || next === 't' || next === 'r') return 2;
  if (next !== 'x') return 1;
  return 2 + Math.min(2, skip(text, at + 2, (c) => isDigit(c) || (c >= 97 && c <= 102)) - (at + 2));
}
