import { isLetter } from './characters.js';
import { tidyWord } from './repetition.js';

const LONGEST = 64;

const isSingleLetter = (token: string | undefined): boolean =>
  token !== undefined && token.length === 1 && isLetter(token.charCodeAt(0));

/**
 * "g o b l o k", "b.a.b.i": three or more single letters in a row are one word, or several where a gap is wider than the first
 * ("g o b l o k  l u", "b a b i, k a m u").
 * @param gaps see scan
 */
export function joinSpacedOut(tokens: string[], gaps: ReadonlyMap<number, string>): string[] {
  let run = 0;
  for (let i = 0; i < tokens.length && run < 3; i++) run = isSingleLetter(tokens[i]) ? run + 1 : 0;
  if (run < 3) return tokens;
  const out: string[] = [];
  for (let i = 0; i < tokens.length;) {
    let end = i;
    while (isSingleLetter(tokens[end])) end++;
    if (end - i >= 3) out.push(...wordsOfRun(tokens, i, end, gaps));
    else out.push(...tokens.slice(i, Math.max(end, i + 1)));
    i = Math.max(end, i + 1);
  }
  return out;
}

/** No three single letters stay in a row, else the result would read otherwise when it is normalised again. */
function wordsOfRun(tokens: readonly string[], from: number, end: number, gaps: ReadonlyMap<number, string>): string[] {
  const parts: string[] = [];
  let start = from;
  for (let i = from + 1; i <= end; i++) {
    if (i < end && i - start < LONGEST && !isWider(gaps.get(i), gaps.get(start + 1))) continue;
    parts.push(tokens.slice(start, i).join(''));
    start = i;
  }
  if (parts.every((part) => part.length >= 3 && tidyWord(part).length >= 2)) return parts.map(tidyWord);
  return [tidyWord(tokens.slice(from, Math.min(end, from + LONGEST)).join(''))];
}

const isWider = (gap: string | undefined, first: string | undefined): boolean =>
  gap !== undefined && first !== undefined && (gap.length > first.length || (gap === ' ' && first !== ' '));
