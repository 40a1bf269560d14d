import type { FlagFilters } from './flag-list.js';
import type { Bind } from './list-query.js';

/** The indexed expression, letter by letter as in migration 0051. */
const TERMS =
  'flag_terms(seq, category, platform, language, author, campaign_id, held_labels, score, audit_share, review_state)';
const BUCKET_BITS = 13;
/** A wider range of scores lets too much through for its terms to be worth reading. */
const MOST_SCORES = 20;

/** Flags are numbered in the order of recording; so many numbers make a bucket. */
export const BUCKET_SIZE = 2 ** BUCKET_BITS;
export const bucketOf = (seq: number): number => Math.floor(seq / BUCKET_SIZE);

/** SQL of that a flag is in the bucket. @param bucket SQL of its number */
export const inBucket = (bucket: string): string => `${TERMS} @> array['b' || ${bucket}]`;

/** Letter of the term -> the values of which a flag has one. */
const LETTERS: readonly [string, (filters: FlagFilters) => readonly (string | number)[] | undefined][] = [
  ['c', ({ category }) => category],
  ['p', ({ platform }) => platform],
  ['l', ({ language }) => language],
  ['a', ({ author }) => author],
  ['g', ({ campaign }) => campaign?.map((id) => id.toLowerCase())],
  ['h', ({ label }) => label],
  ['r', ({ state }) => state],
  ['s', hundredthsOf],
  ['audit', ({ audit }) => (audit ? [''] : undefined)],
];

/**
 * What the index of terms knows of the filters, as conditions that have to be met all. It lets no flag out that the filters
 * let through; not all that it lets through do they.
 */
export function termConditions(filters: FlagFilters, bind: Bind): string[] {
  return conditionsOf(filters, bind, () => true);
}

/** Whether few flags have the value in common that is asked for. */
export const isNarrow = ({ author, campaign, q }: FlagFilters): boolean =>
  [author, campaign, q].some((filter) => filter !== undefined);

/** Letters of what has an index of its own, which the planner knows better. */
const INDEXED_ALONE = ['a', 'g', 's'];

/**
 * Fewer of them, for asking the index about all flags at once: lists of flags by what many have in common are long to read,
 * all the more where several are alternatives.
 */
export function leadingTermConditions(filters: FlagFilters, bind: Bind): string[] {
  const leads = isNarrow(filters);
  return conditionsOf(
    filters,
    bind,
    (letter, { length }) => !INDEXED_ALONE.includes(letter) && (!leads || length === 1),
  );
}

function conditionsOf(
  filters: FlagFilters,
  bind: Bind,
  isAsked: (letter: string, values: readonly (string | number)[]) => boolean,
): string[] {
  const terms = LETTERS.flatMap(([letter, valuesOf]) => {
    const values = valuesOf(filters);
    if (!values || !isAsked(letter, values)) return [];
    return [`${TERMS} && ${bind(values.map((value) => `${letter}${value}`))}::text[]`];
  });
  return [...terms, ...(filters.q === undefined ? [] : [wordsMatch(filters.q, bind)])];
}

export const wordsMatch = (text: string, bind: Bind): string =>
  `words @@ websearch_to_tsquery('indonesian', ${bind(text)})`;

/** Scores are indexed by the hundredths that they reach. */
function hundredthsOf({ minScore, maxScore }: FlagFilters): number[] | undefined {
  if (minScore === undefined && maxScore === undefined) return undefined;
  const [from, to] = [Math.floor((minScore ?? 0) * 100), Math.floor((maxScore ?? 1) * 100)];
  if (to - from >= MOST_SCORES) return undefined;
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}
