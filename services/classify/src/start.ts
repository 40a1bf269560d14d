import { topicsOf } from '@siaga/contracts';
import { ACTIVE_MODEL_DIR, CLAIM_MATCHER_DIR, loadClaimMatcher } from '@siaga/models';
import type { Service } from '@siaga/runtime';
import { connectProducer, kafkaHealth, startBatchConsumer, streamMetrics, streamOptions } from '@siaga/stream';
import { auditSample } from './audit-sample.js';
import { followClaims } from './claims/follow-claims.js';
import { lookBackStep } from './claims/look-back-step.js';
import { classifyStep } from './classify-step.js';
import { classifyMetrics } from './metrics.js';
import { driftWatch } from './drift.js';
import { openModelSlot } from './model-slot.js';
import type { Settings } from './settings.js';
import { shadowComparison } from './shadow.js';
import { smokeCheck } from './smoke-check.js';

/** Two would do on a broker next door; it is the produce of one partition that the others hide. */
const CONCURRENCY = 3;
/** Earlier posts are read once for so many new claims. */
const CLAIMS_AT_ONCE = 5_000;

export async function start(service: Service, settings: Settings): Promise<void> {
  const { log, registry, onStop } = service;
  const topics = topicsOf(settings.SIAGA_TOPIC_PREFIX);
  const stream = streamOptions(settings, 'siaga-classify', log);
  const metrics = classifyMetrics(registry);
  const overStream = streamMetrics(registry);

  const models = await openModelSlot({
    pointer: settings.SIAGA_MODEL_POINTER,
    fallback: settings.SIAGA_MODEL_DIR ?? ACTIVE_MODEL_DIR,
    backend: settings.SIAGA_MODEL_BACKEND,
    metrics,
    log,
  });
  onStop('models', () => models.close());
  if (models.active.backend === 'wasm') {
    log.warn('the native TF.js backend is not there: models are checked on WebAssembly, with the same scores');
  }

  const kafka = kafkaHealth(stream);
  onStop('kafka health', () => kafka.close());
  const producer = await connectProducer(stream, overStream);
  onStop('producer', () => producer.close());
  const matcher = await loadClaimMatcher(CLAIM_MATCHER_DIR);
  const claims = await followClaims(stream, topics.claims.name, {
    matcher,
    onTaken: (held) => metrics.claims.set(held),
    onCrash: service.crash,
  });
  onStop('claims', () => claims.close());
  log.info({ claims: claims.known.size }, 'claims that posts are matched against');
  const consumer = await startBatchConsumer({
    ...stream,
    groupId: `${settings.SIAGA_TOPIC_PREFIX}.classify`,
    topic: topics.posts.name,
    step: classifyStep({
      models,
      shadowing: shadowComparison(metrics, log),
      drift: driftWatch(metrics),
      audit: auditSample(settings.SIAGA_AUDIT_SHARE, settings.SIAGA_AUDIT_SEED),
      producer,
      topics,
      metrics,
      known: claims.known,
      tracing: service.tracing,
    }),
    batchSize: settings.SIAGA_CLASSIFY_BATCH,
    concurrency: CONCURRENCY,
    fetchBytes: settings.SIAGA_CLASSIFY_FETCH_BYTES,
    sessionTimeoutMs: settings.SIAGA_CLASSIFY_SESSION_MS,
    producer,
    deadLetterTopic: topics.deadLetters.name,
    metrics: overStream,
    onCrash: service.crash,
  });
  onStop('consumer', () => consumer.close());
  if (settings.SIAGA_CLASSIFY_LOOK_BACK_DAYS > 0) {
    const stopping = new AbortController();
    const days = settings.SIAGA_CLASSIFY_LOOK_BACK_DAYS;
    // Earlier posts can wait until the worker is at its work.
    const lookBack = startBatchConsumer({
      ...stream,
      groupId: `${settings.SIAGA_TOPIC_PREFIX}.classify-look-back`,
      topic: topics.claims.name,
      step: lookBackStep({ stream, topics, models, matcher, producer, metrics, log, days, signal: stopping.signal }),
      batchSize: CLAIMS_AT_ONCE,
      producer,
      deadLetterTopic: topics.deadLetters.name,
      metrics: overStream,
      onCrash: service.crash,
    });
    lookBack.catch(service.crash);
    onStop('look back', async () => {
      const closed = lookBack.then(
        (started) => started.close(),
        () => undefined,
      );
      stopping.abort();
      await closed;
    });
  }
  service.readyWhen('kafka', kafka.check);
  service.readyWhen('consumer group', async () => {
    if (!consumer.joined()) throw new Error('not a member of its consumer group');
  });
  service.readyWhen('model', async () => smokeCheck(models.active));
}
