import { CATEGORIES, type Post } from '@siaga/contracts';
import type { Scored, Scorer } from '@siaga/models';
import type { Logger } from '@siaga/runtime';
import type { ClassifyMetrics } from './metrics.js';
import { count, emptyHistogram, stabilityIndex } from './score-histogram.js';

/** Compares a shadow model with the active one on the same posts. Whatever goes wrong in it touches nothing else. */
export interface ShadowComparison {
  /**
   * @param posts with the active model's scores, in the same order
   * @returns the shadow's scores, or undefined when it failed
   */
  compare(
    posts: readonly Post[],
    active: readonly Scored[],
    models: { active: Scorer; shadow: Scorer },
  ): Scored[] | undefined;
}

export function shadowComparison(metrics: ClassifyMetrics, log: Logger): ShadowComparison {
  let histograms = { active: emptyHistogram(), shadow: emptyHistogram() };
  let of = '';
  return {
    compare(posts, active, models) {
      const versions = `${models.active.version} ${models.shadow.version}`;
      if (versions !== of) {
        of = versions;
        histograms = { active: emptyHistogram(), shadow: emptyHistogram() };
      }
      try {
        const results = models.shadow.score(posts.map((post) => post.text));
        results.forEach((result, i) => {
          const own = active[i] as Scored;
          count(histograms.active, own.scores);
          count(histograms.shadow, result.scores);
          for (const category of CATEGORIES) {
            const flagged = own.scores[category] >= models.active.thresholds[category].flag;
            const wouldFlag = result.scores[category] >= models.shadow.thresholds[category].flag;
            if (flagged !== wouldFlag)
              metrics.shadowDisagreements.inc({ category, shadow: wouldFlag ? 'gained' : 'lost' });
          }
        });
        metrics.shadowPosts.inc(results.length);
        for (const category of CATEGORIES) {
          const index = stabilityIndex(histograms.active[category], histograms.shadow[category]);
          metrics.shadowStability.set({ category }, index);
        }
        return results;
      } catch (err) {
        log.error({ err, version: models.shadow.version }, 'the shadow model failed on a batch');
        metrics.shadowFailures.inc();
        return undefined;
      }
    },
  };
}
