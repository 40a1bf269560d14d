import { distinctIds, type Dataset } from './dataset.js';

export interface TaughtRows {
  readonly heads: number;
  /** [rows, heads], row-major; importance 0 where a row says nothing. */
  readonly targets: Float32Array;
  readonly importance: Float32Array;
}

const SMOOTHING = 1;
/** The exponent and floor tried in docs/adr/0003: 0.5 was better than 1 (plain NB-SVM) and 0 (no ratio) on validation. */
const POWER = 0.5;
const LEAST = 0.1;
const MOST = 3;

/**
 * Penalty factor per feature and head, [buckets, heads]: small where a feature's share of positive rows differs from its share of
 * negative ones, large where it does not. The same as scaling features by their naive-Bayes log-count ratio (Wang & Manning 2012,
 * "Baselines and bigrams"), written as a ridge penalty so that all heads share one feature value. Counts are of rows with importance
 * of at least `leastImportance`: the labelled sources, not the weak negatives. A head in `without` has factor 1 throughout.
 */
export function ratioPenalty(
  data: Dataset,
  buckets: number,
  taught: TaughtRows,
  leastImportance: number,
  without: ReadonlySet<number>,
): Float32Array {
  const { heads, targets, importance } = taught;
  const positive = new Float32Array(buckets * heads).fill(SMOOTHING);
  const negative = new Float32Array(buckets * heads).fill(SMOOTHING);
  const totals = Array.from({ length: heads }, () => [0, 0] as [positive: number, negative: number]);
  const distinct = distinctIds(data, buckets);
  data.rows.forEach((_, row) => {
    const ids = [...distinct(row)];
    for (let h = 0; h < heads; h++) {
      if ((importance[row * heads + h] ?? 0) < leastImportance) continue;
      const yes = (targets[row * heads + h] ?? 0) >= 0.5;
      totals[h]![yes ? 0 : 1]++;
      const counts = yes ? positive : negative;
      for (const id of ids) counts[id * heads + h]!++;
    }
  });
  return positive.map((p, i) => {
    if (without.has(i % heads)) return 1;
    const [yes, no] = totals[i % heads] ?? [1, 1];
    const ratio = Math.abs(Math.log(p / (yes + 2 * SMOOTHING) / ((negative[i] ?? 1) / (no + 2 * SMOOTHING))));
    return 1 / Math.min(MOST, Math.max(LEAST, ratio ** POWER)) ** 2;
  });
}
