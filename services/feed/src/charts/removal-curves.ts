import type { StandingPosts } from '@siaga/storage';
import type { RemovalCurves } from './chart-schemas.js';

const Z = 1.96;

/**
 * The share of posts that were gone after so many hours, where most are still being watched: the estimate of Kaplan and Meier
 * ("Nonparametric estimation from incomplete observations", JASA 53, 1958) with Greenwood's variance. Posts are looked up at
 * the hours of the policy, so they are known to be gone then and went before.
 */
export function removalCurves(rows: readonly StandingPosts[]): RemovalCurves['platforms'] {
  const platforms = [...new Set(rows.map(({ platform }) => platform))];
  return platforms.map((platform) => {
    const own = rows.filter((row) => row.platform === platform);
    const posts = count(own);
    const steps: RemovalCurves['platforms'][number]['steps'] = [];
    let [standing, atRisk, variance] = [1, posts, 0];
    for (const hours of [...new Set(own.map((row) => row.hours))].sort((a, b) => a - b)) {
      const now = own.filter((row) => row.hours === hours);
      const went = count(now.filter(({ gone }) => gone));
      if (went > 0) {
        standing *= 1 - went / atRisk;
        variance += atRisk > went ? went / (atRisk * (atRisk - went)) : 0;
        const spread = Z * standing * Math.sqrt(variance);
        const gone = 1 - standing;
        steps.push({ hours, estimate: gone, low: Math.max(0, gone - spread), high: Math.min(1, gone + spread) });
      }
      atRisk -= count(now);
    }
    const medianHours = steps.find(({ estimate }) => estimate >= 0.5)?.hours ?? null;
    return { platform, posts, gone: count(own.filter(({ gone }) => gone)), medianHours, steps };
  });
}

const count = (rows: readonly StandingPosts[]) => rows.reduce((total, { posts }) => total + posts, 0);
