import { postHash, retrying, type RetrySettings } from '@siaga/runtime';
import type { EachBatchPayload } from 'kafkajs';
import { kafkaClient, type StreamOptions } from './client.js';
import { coordinatorReady } from './coordinator.js';
import { deadLetter } from './dead-letters.js';
import { streamMessage, type StreamMessage } from './message.js';
import type { StreamMetrics } from './metrics.js';
import type { Outcome } from './outcome.js';
import type { StreamProducer } from './producer.js';

/** A step over a micro-batch of one partition: one outcome per message, in order. */
export interface BatchStep {
  /** Shown in dead letters, such as `classify`. */
  readonly name: string;
  /**
   * Resolves when everything that follows from `done` messages is written. May be called again with messages that it
   * has seen before (at least once), so what it writes must be idempotent.
   *
   * @throws TransientError to be called again after a pause; any other error ends the process without a commit
   */
  run(messages: readonly StreamMessage[]): Promise<readonly Outcome[]>;
}

export interface ConsumerOptions extends StreamOptions {
  readonly groupId: string;
  readonly topic: string;
  readonly step: BatchStep;
  /** Most messages per call of the step. */
  readonly batchSize: number;
  readonly producer: StreamProducer;
  readonly deadLetterTopic: string;
  readonly metrics: StreamMetrics;
  /** Called once with the error that the consumer cannot go on from. */
  readonly onCrash: (error: unknown) => void;
  readonly sessionTimeoutMs?: number;
  /**
   * Partitions handled at the same time (default 1): while the results of one are on their way to Kafka, the next is worked on. The
   * step is then called again before its last call has resolved, for another partition.
   */
  readonly concurrency?: number;
  /**
   * Most bytes that one fetch brings from a broker (default 8 MiB), whatever the lag; the next one is made when they are worked off. A
   * single larger message still comes, alone.
   */
  readonly fetchBytes?: number;
}

export interface BatchConsumer {
  /** True while the consumer is a member of its group. */
  readonly joined: () => boolean;
  /** Finishes the micro-batch in hand, commits it and leaves the group. */
  close(): Promise<void>;
}

const DEFAULT_SESSION_TIMEOUT_MS = 10_000;
const HEARTBEATS_PER_SESSION = 6;
const FETCH_BYTES = 8 * 2 ** 20;
/** Five seconds, the default, lets idle members miss rebalances. */
const MAX_WAIT_MS = 250;
/** Outlasts the restart of a broker or of a database; then the process starts afresh. */
const RETRY: RetrySettings = { attempts: 12, firstDelayMs: 200, maxDelayMs: 10_000 };

export async function startBatchConsumer(options: ConsumerOptions): Promise<BatchConsumer> {
  const { groupId, topic, log, sessionTimeoutMs = DEFAULT_SESSION_TIMEOUT_MS } = options;
  const heartbeatInterval = sessionTimeoutMs / HEARTBEATS_PER_SESSION;
  const consumer = kafkaClient(options).consumer({
    groupId,
    sessionTimeout: sessionTimeoutMs,
    heartbeatInterval,
    maxWaitTimeInMs: MAX_WAIT_MS,
    maxBytes: options.fetchBytes ?? FETCH_BYTES,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 25, restartOnFailure: () => Promise.resolve(false) },
  });
  const stopping = new AbortController();
  let joined = false;
  let crashed = false;
  const crash = (error: unknown) => {
    if (crashed) return;
    crashed = true;
    options.onCrash(error);
  };
  consumer.on(consumer.events.GROUP_JOIN, () => (joined = true));
  consumer.on(consumer.events.DISCONNECT, () => (joined = false));
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    joined = false;
    crash(payload.error);
  });
  await consumer.connect();
  await coordinatorReady(consumer);
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: options.concurrency ?? 1,
    eachBatch: async (payload) => {
      if (crashed) return;
      try {
        await consumeBatch(payload, options, heartbeatInterval, stopping.signal);
      } catch (error) {
        // kafkajs' own errors (a rebalance, a lost connection) are its to handle. Given a failure of the step, it
        // would deliver the batch again, for ever; so that ends here, with nothing after the failure committed.
        if (!(error instanceof StepFailure)) throw error;
        if (!stopping.signal.aborted) crash(error.cause);
      }
    },
  });
  return {
    joined: () => joined && !crashed,
    async close() {
      stopping.abort();
      await consumer.disconnect().catch((err: unknown) => log.warn({ err }, 'consumer left its group uncleanly'));
    },
  };
}

class StepFailure extends Error {
  constructor(override readonly cause: unknown) {
    super('step failed');
  }
}

async function consumeBatch(
  {
    batch,
    resolveOffset,
    heartbeat,
    commitOffsetsIfNecessary,
    uncommittedOffsets,
    isRunning,
    isStale,
  }: EachBatchPayload,
  options: ConsumerOptions,
  heartbeatInterval: number,
  signal: AbortSignal,
): Promise<void> {
  const { batchSize, metrics, log, topic } = options;
  const partition = String(batch.partition);
  for (let start = 0; start < batch.messages.length; start += batchSize) {
    if (!isRunning() || isStale() || signal.aborted) return;
    const messages = batch.messages
      .slice(start, start + batchSize)
      .map((message) => streamMessage(topic, batch.partition, message));
    const last = messages[messages.length - 1] as StreamMessage;
    const stopTimer = metrics.batchSeconds.startTimer({ topic });
    // A long retry must not look like a dead member; kafkajs sends at most one heartbeat per interval.
    const beating = setInterval(() => void heartbeat().catch(() => undefined), heartbeatInterval);
    try {
      await retrying(
        {
          ...RETRY,
          signal,
          onRetry: (err, attempt, delayMs) => {
            metrics.retries.inc({ topic });
            log.warn({ err, attempt, delayMs, topic, partition }, 'micro-batch failed, trying again');
          },
        },
        () => handle(messages, options),
      ).catch((cause: unknown) => {
        throw new StepFailure(cause);
      });
    } finally {
      clearInterval(beating);
      stopTimer();
    }
    resolveOffset(last.offset);
    await heartbeat();
    await commitOffsetsIfNecessary(uncommittedOffsets());
    metrics.lag.set({ topic, partition }, Math.max(0, Number(batch.highWatermark) - Number(last.offset) - 1));
  }
}

/** Runs the step, and writes the dead letters before the offsets of their messages may be committed. */
async function handle(messages: readonly StreamMessage[], options: ConsumerOptions): Promise<void> {
  const { step, topic, metrics, producer, deadLetterTopic, log } = options;
  const outcomes = await step.run(messages);
  if (outcomes.length !== messages.length) {
    throw new Error(`step ${step.name} gave ${outcomes.length} outcomes for ${messages.length} messages`);
  }
  if (outcomes.some(({ kind }) => kind === 'poison')) {
    const letters = messages.flatMap((message, i) => {
      const outcome = outcomes[i];
      return outcome?.kind === 'poison' ? [deadLetter(message, { ...outcome, step: step.name })] : [];
    });
    await producer.send([{ topic: deadLetterTopic, messages: letters }]);
  }
  const counts = { done: 0, drop: 0, poison: 0 };
  outcomes.forEach((outcome, i) => {
    counts[outcome.kind]++;
    if (outcome.kind === 'done') return;
    const { partition, offset, key } = messages[i] as StreamMessage;
    if (outcome.kind === 'drop') metrics.dropped.inc({ topic, reason: outcome.reason });
    else {
      metrics.deadLetters.inc({ topic, reason: outcome.reason });
      const post = key === null ? undefined : postHash(key);
      log.warn({ post, topic, partition, offset, reason: outcome.reason, step: step.name }, 'dead letter written');
    }
  });
  for (const [outcome, count] of Object.entries(counts)) metrics.consumed.inc({ topic, outcome }, count);
}
