import { CATEGORIES, type Category } from '@siaga/contracts';

/** Counts of scores in ten equal bins from 0 to 1, per category. */
export type ScoreHistogram = Readonly<Record<Category, number[]>>;

const BINS = 10;
/** Keeps an empty bin from making the index infinite. */
const SMOOTHING = 0.5;

export const emptyHistogram = (): ScoreHistogram =>
  Object.fromEntries(CATEGORIES.map((category) => [category, Array<number>(BINS).fill(0)])) as ScoreHistogram;

export function count(histogram: ScoreHistogram, scores: Readonly<Record<Category, number>>): void {
  for (const category of CATEGORIES) {
    const bins = histogram[category];
    const bin = Math.min(BINS - 1, Math.floor(scores[category] * BINS));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
}

/**
 * Population stability index of two binned distributions: sum of (p - q) ln(p / q). By the usual rule of thumb, below
 * 0.1 nothing has moved, above 0.25 much has (Siddiqi, "Credit Risk Scorecards", 2006).
 *
 * @returns 0 when one of them is empty
 */
export function stabilityIndex(expected: readonly number[], actual: readonly number[]): number {
  const total = (bins: readonly number[]) => bins.reduce((sum, n) => sum + n, 0);
  const [sumExpected, sumActual] = [total(expected), total(actual)];
  if (sumExpected === 0 || sumActual === 0) return 0;
  const share = (n: number, sum: number) => (n + SMOOTHING) / (sum + SMOOTHING * expected.length);
  return expected.reduce((index, n, bin) => {
    const p = share(actual[bin] ?? 0, sumActual);
    const q = share(n, sumExpected);
    return index + (p - q) * Math.log(p / q);
  }, 0);
}
