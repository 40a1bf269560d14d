import { perCategory, type Category } from '@siaga/contracts';
import type { AuditCounts } from '@siaga/storage';
import { weightedPoissonInterval, wilsonInterval, type Interval } from './intervals.js';

export interface CategoryRecall {
  /** Audited posts that a person has found to be of the category. */
  readonly found: number;
  /** How many posts of the category the fleet let pass; null before anything is judged. */
  readonly missed: Interval | null;
  readonly alerts: { readonly flags: number; readonly judged: number; readonly confirmed: number };
  /** Share of alerts that people confirm; null before one is judged. */
  readonly precision: Interval | null;
  /** Share of the category's posts that raised an alert; null while `missed` or `precision` is. */
  readonly recall: Interval | null;
}

export interface RecallEstimate {
  readonly audited: number;
  readonly judged: number;
  readonly categories: Readonly<Record<Category, CategoryRecall>>;
}

const ALPHA = 0.05;

/**
 * What the fleet misses, from what people found among posts picked at random below the thresholds. Each judged post stands
 * for 1 / (its chance of being picked) posts, and for those that were picked and nobody has judged yet, in proportion: the
 * ratio estimator (Cochran, "Sampling Techniques", 3rd edition, chapter 6). What is found is rare, so its counts are
 * taken for Poisson, which for a binomial errs on the wide side. Recall = confirmed alerts / (confirmed alerts + missed)
 * falls with the one and rises with the other, so its limits follow from theirs, each taken at half of the error
 * (Bonferroni).
 *
 * It holds when the judged are no special selection of the picked. A post that raised an alert under another category is not
 * below every threshold and so never audited: what was missed in such posts is not in the estimate.
 */
export function estimateRecall({ strata, alerts }: AuditCounts): RecallEstimate {
  const sum = (of: (stratum: AuditCounts['strata'][number]) => number) => strata.reduce((n, s) => n + of(s), 0);
  const audited = sum((stratum) => stratum.audited);
  const judged = sum((stratum) => stratum.judged);
  const notYet = sum((s) => s.audited / s.share) / sum((s) => s.judged / s.share);
  const missed = (category: Category, alpha: number) =>
    judged === 0
      ? null
      : weightedPoissonInterval(
          strata.map(({ share, found }) => ({ count: found[category], weight: notYet / share })),
          alpha,
        );
  return {
    audited,
    judged,
    categories: perCategory((category) => {
      const raised = alerts[category];
      const right = (alpha: number) =>
        raised.judged === 0 ? null : wilsonInterval(raised.confirmed, raised.judged, alpha);
      return {
        found: sum((stratum) => stratum.found[category]),
        missed: missed(category, ALPHA),
        alerts: raised,
        precision: right(ALPHA),
        recall: recallOf(raised.flags, right(ALPHA / 2), missed(category, ALPHA / 2)),
      };
    }),
  };
}

function recallOf(flags: number, right: Interval | null, missed: Interval | null): Interval | null {
  if (!right || !missed) return null;
  const recall = (confirmed: number, passed: number) => (confirmed === 0 ? 0 : confirmed / (confirmed + passed));
  return {
    estimate: recall(flags * right.estimate, missed.estimate),
    low: recall(flags * right.low, missed.high),
    high: recall(flags * right.high, missed.low),
  };
}
