import { CATEGORIES } from '@siaga/contracts';
import type { ScoreCount, Thresholds } from '@siaga/storage';
import { weightedPoissonInterval } from '../recall/intervals.js';
import type { ThresholdVolumes } from './chart-schemas.js';

const ALPHA = 0.05;
/** Every second hundredth is as fine as a slider is moved. */
const STEP = 2;

/**
 * How many alerts a day each threshold would have cost. Posts that raised an alert, under whatever category, are all counted;
 * posts below every threshold are known by the audit's sample, each standing for 1 / share, so the count below the present
 * threshold is an estimate, and its interval is that of the sample (see weightedPoissonInterval).
 */
export function thresholdVolumes(
  counts: readonly ScoreCount[],
  thresholds: readonly Thresholds[],
  days: number,
): ThresholdVolumes['categories'] {
  return CATEGORIES.map((category) => {
    const own = counts.filter((row) => row.category === category);
    const shares = [...new Set(own.filter(({ share }) => share < 1).map(({ share }) => share))];
    const volumes: ThresholdVolumes['categories'][number]['volumes'] = [];
    for (let hundredth = 0; days > 0 && hundredth < 100; hundredth += STEP) {
      const above = own.filter((row) => row.hundredth >= hundredth);
      const postsOf = (share: number) =>
        above.reduce((total, row) => (row.share === share ? total + row.posts : total), 0);
      const known = postsOf(1);
      const sampled = weightedPoissonInterval(
        shares.map((share) => ({ count: postsOf(share), weight: 1 / share })),
        ALPHA,
      );
      const present = thresholds.find((row) => row.category === category)?.threshold ?? 1;
      // Above the present threshold no post is hidden from us: that the sample found none is no news.
      const isKnown = hundredth / 100 >= present && sampled.estimate === 0;
      const a = (posts: number) => (known + posts) / days;
      volumes.push({
        threshold: hundredth / 100,
        alertsADay: { estimate: a(sampled.estimate), low: a(sampled.low), high: a(isKnown ? 0 : sampled.high) },
      });
    }
    return {
      category,
      threshold: thresholds.find((row) => row.category === category)?.threshold ?? null,
      audited: own.reduce((total, { share, posts }) => (share < 1 ? total + posts : total), 0),
      volumes,
    };
  });
}
