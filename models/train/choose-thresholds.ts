import type { Thresholds } from '../src/scorer.js';
import { confusion, type Judged } from './metrics.js';

export interface ThresholdPolicy {
  /** Assumed share of posts of the category in what the fleet watches. */
  readonly prevalence: number;
  /** Least precision at that prevalence: for the analysts' queue, and for escalation. */
  readonly flagPrecision: number;
  readonly escalatePrecision: number;
  /** Most that may be flagged of a neutral set, and of neutral election tweets, a few of which are not neutral. */
  readonly neutralRate: number;
  readonly electionRate: number;
}

export interface NeutralSet {
  readonly items: readonly Judged[];
  readonly election: boolean;
}

/** What the shipped thresholds assume; the card says so. */
export const THRESHOLD_POLICY: ThresholdPolicy = {
  prevalence: 0.05,
  flagPrecision: 0.5,
  escalatePrecision: 0.8,
  neutralRate: 0.015,
  electionRate: 0.03,
};

const STEPS = Array.from({ length: 197 }, (_, i) => (i + 2) / 200);

/** Precision at `threshold` if a share `prevalence` of posts were positive: recall from `labelled`, false alarms from `neutral`. */
export function precisionAt(
  labelled: readonly Judged[],
  neutral: readonly Judged[],
  threshold: number,
  prevalence: number,
): number {
  const hits = prevalence * confusion(labelled, threshold).recall;
  const alarms = (1 - prevalence) * confusion(neutral, threshold).falsePositiveRate;
  return hits + alarms === 0 ? 1 : hits / (hits + alarms);
}

/**
 * The lowest thresholds that meet the policy on validation rows, in steps of 0.005 and at most 0.99.
 * @param labelled validation rows of the category's own sources.
 * @param neutrals validation rows of each neutral set, all of them truth 0.
 */
export function chooseThresholds(
  labelled: readonly Judged[],
  neutrals: readonly NeutralSet[],
  policy: ThresholdPolicy = THRESHOLD_POLICY,
): Thresholds {
  const all = neutrals.flatMap(({ items }) => items);
  const quiet = (t: number): boolean =>
    neutrals.every(
      ({ items, election }) =>
        confusion(items, t).falsePositiveRate <= (election ? policy.electionRate : policy.neutralRate),
    );
  const flag =
    STEPS.find((t) => quiet(t) && precisionAt(labelled, all, t, policy.prevalence) >= policy.flagPrecision) ?? 0.99;
  const escalate =
    STEPS.find((t) => t >= flag && precisionAt(labelled, all, t, policy.prevalence) >= policy.escalatePrecision) ??
    0.99;
  return { flag, escalate };
}
