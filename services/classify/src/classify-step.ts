import { flagCodec, verdictCodec, type Topics } from '@siaga/contracts';
import type { BatchStep, StreamProducer } from '@siaga/stream';
import { decode } from './decode.js';
import { judge } from './judge.js';
import type { ClassifyMetrics } from './metrics.js';
import type { ModelSlot } from './model-slot.js';
import { scoreCache } from './score-cache.js';
import type { ShadowComparison } from './shadow.js';

/**
 * The hot path: decode, score as one batch, write verdicts and flags in one produce. A micro-batch that is delivered
 * again gives the same verdicts under the same keys.
 */
export function classifyStep(options: {
  models: ModelSlot;
  shadowing: ShadowComparison;
  producer: StreamProducer;
  topics: Topics;
  metrics: ClassifyMetrics;
}): BatchStep {
  const { models, shadowing, producer, topics, metrics } = options;
  const cache = scoreCache();
  const timed = <T>(stage: string, work: () => T): T => {
    const stop = metrics.stageSeconds.startTimer({ stage });
    try {
      return work();
    } finally {
      stop();
    }
  };
  return {
    name: 'classify',
    async run(messages) {
      const { posts, outcomes } = timed('decode', () => decode(messages));
      const { active, shadow } = models;
      const { verdicts, flags, remembered } = timed('score', () =>
        judge(
          posts,
          active,
          cache,
          shadow && {
            scorer: shadow,
            score: (scored, results) => shadowing.compare(scored, results, { active, shadow }),
          },
        ),
      );
      const stop = metrics.stageSeconds.startTimer({ stage: 'emit' });
      await producer.send([
        {
          topic: topics.flags.name,
          messages: flags.map((flag) => ({ key: flag.post.id, value: flagCodec.encode(flag) })),
        },
        {
          topic: topics.verdicts.name,
          messages: verdicts.map((verdict) => ({ key: verdict.id, value: verdictCodec.encode(verdict) })),
        },
      ]);
      stop();
      metrics.remembered.inc(remembered);
      for (const flag of flags) metrics.flags.inc({ category: flag.category });
      for (const { outcome, seenAt, scoredAt, shadow: marked } of verdicts) {
        if (marked) continue;
        metrics.posts.inc({ outcome });
        metrics.freshness.observe(Math.max(0, Date.parse(scoredAt) - Date.parse(seenAt)) / 1000);
      }
      return outcomes;
    },
  };
}
