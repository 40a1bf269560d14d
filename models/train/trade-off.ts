import type { Category } from '@siaga/contracts';
import { precisionAt } from './choose-thresholds.js';
import type { Predict } from './evaluate-model.js';
import { isOwnSource } from './calibrate-heads.js';
import { confusion, type Judged } from './metrics.js';
import { SOURCES, type Row } from './rows.js';
import { target } from './targets.js';

export interface TradeOff {
  readonly threshold: number;
  /** Of validation rows of the category's own sources. */
  readonly recall: number;
  /** Precision if `prevalence` of posts were of the category. */
  readonly precision: number;
  /** False alarms per 10,000 neutral posts, validation rows of all neutral sets. */
  readonly alertsPer10000: number;
  /** The same on the worst neutral set. */
  readonly worstPer10000: number;
}

export const LADDER = [0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 0.99] as const;

/** What each threshold of the ladder would find and cost, on validation rows. */
export function tradeOffs(
  rows: readonly Row[],
  category: Category,
  predict: Predict,
  prevalence: number,
  ladder: readonly number[] = LADDER,
): TradeOff[] {
  const validation = rows.filter(({ split }) => split === 'validation');
  const judged = (part: readonly Row[]): Judged[] =>
    predict(part, category).map((score, i) => ({ score, truth: target(part[i] as Row, category) === 1 ? 1 : 0 }));
  const labelled = judged(validation.filter((row) => isOwnSource(row, category)));
  const neutrals = SOURCES.neutral.map((source) => judged(validation.filter((row) => row.source === source)));
  const all = neutrals.flat();
  return ladder.map((threshold) => ({
    threshold,
    recall: confusion(labelled, threshold).recall,
    precision: precisionAt(labelled, all, threshold, prevalence),
    alertsPer10000: 1e4 * confusion(all, threshold).falsePositiveRate,
    worstPer10000: 1e4 * Math.max(...neutrals.map((set) => confusion(set, threshold).falsePositiveRate)),
  }));
}
