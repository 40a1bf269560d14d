import { CATEGORIES, type Flag } from '@siaga/contracts';
import type { Scorer } from '@siaga/models';
import { flagIdOf, type JudgedPost } from './judge.js';

/** A flag that no threshold called for, without reasons: of the category that came nearest, because a flag must name one. */
export function nearestFlag(
  { post, scores, textSha256 }: JudgedPost,
  scorer: Scorer,
  kind: 'audit' | 'canary',
  flaggedAt: string,
): Flag {
  const nearness = (category: Flag['category']) => scores[category] / scorer.thresholds[category].flag;
  const category = CATEGORIES.reduce((best, other) => (nearness(other) > nearness(best) ? other : best));
  const { flag: threshold, escalate: escalateThreshold } = scorer.thresholds[category];
  return {
    schemaVersion: 1,
    flagId: flagIdOf(post, kind),
    ...{ post, category, score: scores[category], threshold, escalateThreshold, scores },
    model: { name: scorer.name, version: scorer.version },
    ...{ reasons: [], textSha256, flaggedAt },
  };
}
