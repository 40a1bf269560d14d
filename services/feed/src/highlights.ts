import type { Reason } from '@siaga/contracts';
import { MAX_INPUT, normalise, tokenise } from '@siaga/text';

export interface Highlight {
  /** UTF-16 offsets in the text as written. */
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

const LONGEST_WORD = 100;
const WORDS_REMEMBERED = 20_000;
/** Normal forms of words seen lately: the same few thousand words make up most posts, and normalising is what costs. */
const normalForms = new Map<string, readonly string[]>();

/**
 * Finds the tokens of a flag's reasons in the text as its author spelt it: a word is marked when its normal form, made
 * by the stage that the model reads through, holds one of them. What only exists across words (letters spaced out) is
 * not found. In order, without overlaps.
 */
export function highlightsOf(text: string, reasons: readonly Reason[]): Highlight[] {
  const weights = new Map(reasons.map(({ token, weight }) => [token, weight]));
  const found: Highlight[] = [];
  // The model looks no further either.
  for (const { 0: word, index } of text.slice(0, MAX_INPUT).matchAll(/\S+/gu)) {
    if (word.length > LONGEST_WORD) continue;
    const weight = strongest(normalFormOf(word).map((token) => weights.get(token) ?? 0));
    if (weight === 0) continue;
    const [start, end] = withoutPunctuation(word);
    found.push({ start: index + start, end: index + end, weight });
  }
  return found;
}

function normalFormOf(word: string): readonly string[] {
  let form = normalForms.get(word);
  if (form === undefined) {
    form = tokenise(normalise(word));
    if (normalForms.size >= WORDS_REMEMBERED) normalForms.clear();
    normalForms.set(word, form);
  }
  return form;
}

function strongest(weights: readonly number[]): number {
  return weights.reduce((best, weight) => (Math.abs(weight) > Math.abs(best) ? weight : best), 0);
}

/** The part of the word from its first to its last letter or digit, or all of it when it has none (an emoji). */
function withoutPunctuation(word: string): [start: number, end: number] {
  const start = word.search(/[\p{L}\p{N}]/u);
  if (start < 0) return [0, word.length];
  const tail = /[^\p{L}\p{N}\p{M}]*$/u.exec(word)?.index ?? word.length;
  return [start, Math.max(tail, start + 1)];
}
