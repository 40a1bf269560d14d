import { CATEGORIES, type Post } from '@siaga/contracts';
import type { Scored, Scorer } from '@siaga/models';
import type { Logger } from '@siaga/runtime';
import type { ClassifyMetrics } from './metrics.js';
import { count, emptyHistogram, stabilityIndex } from './score-histogram.js';

type Scores = Scored['scores'];

/** Compares a shadow model with the active one on the same posts. Whatever goes wrong in it touches nothing else. */
export interface ShadowComparison {
  /**
   * @param posts with the active model's scores, in the same order
   * @returns the shadow's scores, or undefined when it failed
   */
  compare(
    posts: readonly Post[],
    active: readonly Scores[],
    models: { active: Scorer; shadow: Scorer },
  ): Scores[] | undefined;
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
        const results = models.shadow.categories(posts.map((post) => post.text));
        results.forEach((result, i) => {
          const own = active[i] as Scores;
          count(histograms.active, own);
          count(histograms.shadow, result);
          for (const category of CATEGORIES) {
            const flagged = own[category] >= models.active.thresholds[category].flag;
            const wouldFlag = result[category] >= models.shadow.thresholds[category].flag;
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
