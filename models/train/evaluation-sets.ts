import type { Head } from '../src/heads.js';
import type { Judged } from './metrics.js';
import type { Row } from './rows.js';

/** Rows on which one head is judged. `neutral` sets have no positives: what is flagged there is a false alarm. */
export interface EvaluationSet {
  readonly name: string;
  readonly head: Head;
  readonly kind: 'test' | 'other source' | 'neutral';
  readonly rows: readonly Row[];
  readonly truth: readonly (0 | 1)[];
}

const of = (
  name: string,
  head: Head,
  kind: EvaluationSet['kind'],
  rows: readonly Row[],
  label?: string,
): EvaluationSet => ({
  name,
  head,
  kind,
  rows,
  truth: rows.map((row) => (label === undefined ? 0 : ((row.labels[label] ?? 0) as 0 | 1))),
});

/**
 * The sets that a released model is judged on: the test split of each labelled source; sources that the head never saw (all their rows,
 * as the baseline is measured: the hate heads are not trained on danaismail, see targets.ts); the neutral sets' test split, and all of
 * the two election sets kept out of training.
 */
export function evaluationSets(rows: readonly Row[]): EvaluationSet[] {
  const pick = (source: string, split?: string): Row[] =>
    rows.filter((row) => row.source.startsWith(source) && (split === undefined || row.split === split));
  const tweets = pick('id_hsd_ibrohim2019', 'test');
  const neutral = (name: string, source: string, split?: string): EvaluationSet[] =>
    (['hate', 'bullying', 'hoax'] as const).map((head) => of(name, head, 'neutral', pick(source, split)));
  return [
    of('tweets 2018-19', 'hate', 'test', tweets, 'hate'),
    of('tweets 2018-19', 'abusive', 'test', tweets, 'abusive'),
    of('Instagram', 'bullying', 'test', pick('id_bully_ig', 'test'), 'bullying'),
    of('fact-checks 2019-20', 'hoax', 'test', pick('id_hoax_satria2020', 'test'), 'hoax'),
    of('Instagram insults (danaismail)', 'hate', 'other source', pick('id_hate_ig_danaismail'), 'hate'),
    of('news comments', 'abusive', 'other source', pick('id_abusive_news_comments'), 'abusive'),
    ...neutral('reviews and sentiment', 'id_neutral_smsa', 'test'),
    ...neutral('headlines', 'id_neutral_clickid', 'test'),
    ...neutral('vaccine tweets', 'id_neutral_vaksin2021', 'test'),
    ...neutral('election tweets 2019', 'id_neutral_pilpres2019', 'test'),
    ...neutral('election tweets 2024 (kept out)', 'id_neutral_pilpres2024'),
    ...neutral('Jakarta election tweets 2017 (kept out)', 'id_neutral_pilkada2017'),
  ];
}

/** Pairs scores with truth. */
export const judge = (set: EvaluationSet, scores: readonly number[]): Judged[] =>
  set.truth.map((truth, i) => ({ score: scores[i] ?? 0, truth }));
