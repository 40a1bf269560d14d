import { flagCodec, isCanary, postCodec, type Topics } from '@siaga/contracts';
import { NO_TRACING, type Tracing } from '@siaga/runtime';
import { followTraces, type BatchStep, type StreamProducer } from '@siaga/stream';
import { auditFlags, type AuditSample } from './audit-sample.js';
import type { KnownClaims } from './claims/known-claims.js';
import { decode } from './decode.js';
import type { DriftWatch } from './drift.js';
import { emptyMemory, judge, type Judgement } from './judge.js';
import { nearestFlag } from './nearest-flag.js';
import type { ClassifyMetrics } from './metrics.js';
import type { ModelSlot } from './model-slot.js';
import type { ShadowComparison } from './shadow.js';
import { verdictMessages } from './verdicts.js';

/** Of the canaries of most micro-batches. */
const NONE: Judgement = { scored: [], dropped: [], flags: [], rumours: [], remembered: 0 };

/**
 * The hot path: decode, score as one batch, write verdicts and flags in one produce. A micro-batch that is delivered
 * again gives the same verdicts under the same keys.
 */
export function classifyStep(options: {
  models: ModelSlot;
  shadowing: ShadowComparison;
  audit: AuditSample;
  drift: DriftWatch;
  producer: StreamProducer;
  topics: Topics;
  metrics: ClassifyMetrics;
  /** What posts are matched against. */
  known?: KnownClaims;
  tracing?: Tracing;
}): BatchStep {
  const { models, shadowing, audit, drift, producer, topics, metrics, known, tracing = NO_TRACING } = options;
  const memory = emptyMemory();
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
      const traces = followTraces(messages, tracing, 'classify');
      const { posts: read, outcomes } = timed('decode', () => decode(messages));
      const posts = read.filter((post) => !isCanary(post));
      const { active, shadow } = models;
      const judgement = timed('score', () =>
        judge(posts, active, memory, {
          known,
          shadow: shadow && ((scored, results) => shadowing.compare(scored, results, { active, shadow })),
        }),
      );
      // Judged like any other, and apart: nothing that is counted, compared or learned from has seen it.
      const canaries =
        posts.length === read.length ? NONE : judge(read.filter(isCanary), active, emptyMemory(), { known });
      const flaggedAt = new Date().toISOString();
      const audits = auditFlags(audit, judgement.scored, active);
      const batches = timed('encode', () => [
        {
          topic: topics.flags.name,
          messages: [
            ...[...judgement.flags, ...audits],
            ...canaries.scored.map((post) => nearestFlag(post, active, 'canary', flaggedAt)),
          ].map((flag) => ({
            key: flag.post.id,
            value: flagCodec.encode(flag),
          })),
        },
        {
          topic: topics.rumours.name,
          messages: judgement.rumours.map((post) => ({ key: post.id, value: postCodec.encode(post) })),
        },
        {
          topic: topics.removals.name,
          messages: posts.flatMap((post) =>
            post.deleted || post.editedAt ? [{ key: post.id, value: postCodec.encode({ ...post, text: '' }) }] : [],
          ),
        },
        {
          topic: topics.verdicts.name,
          messages: [...verdictMessages(judgement, { active, shadow }), ...verdictMessages(canaries, { active })],
        },
      ]);
      const stop = metrics.stageSeconds.startTimer({ stage: 'emit' });
      await producer.send(
        batches.map(({ topic, messages: outgoing }) => ({ topic, messages: traces.carry(outgoing) })),
      );
      stop();
      traces.end();
      count(judgement, metrics);
      observeFreshness([judgement, canaries], metrics);
      drift.observe(judgement, active);
      metrics.audits.inc(audits.length);
      metrics.tensors.set(active.tensors());
      return outcomes;
    },
  };
}

function count({ scored, dropped, flags, rumours, remembered }: Judgement, metrics: ClassifyMetrics): void {
  metrics.claimMatches.inc(scored.filter(({ claims }) => claims.length > 0).length);
  metrics.posts.inc({ outcome: 'scored' }, scored.length);
  metrics.posts.inc({ outcome: 'dropped' }, dropped.length);
  for (const { reason } of dropped) metrics.drops.inc({ reason });
  metrics.rumours.inc(rumours.length);
  metrics.remembered.inc(remembered);
  for (const { category } of flags) metrics.flags.inc({ category });
  const languages = new Map<string, number>();
  for (const { language } of scored) languages.set(language, (languages.get(language) ?? 0) + 1);
  for (const [language, posts] of languages) metrics.languages.inc({ language }, posts);
}

function observeFreshness(judgements: readonly Judgement[], metrics: ClassifyMetrics): void {
  const now = Date.now();
  for (const { scored, dropped } of judgements)
    for (const { post } of [...scored, ...dropped])
      metrics.freshness.observe(Math.max(0, now - Date.parse(post.seenAt)) / 1000);
}
