import { randomUUID } from 'node:crypto';
import { deferred, retrying, TransientError } from '@siaga/runtime';
import { kafkaClient, type StreamOptions } from './client.js';
import { coordinatorReady } from './coordinator.js';
import { streamMessage, type StreamMessage } from './message.js';

/** The offsets of one partition, `to` excluded. */
interface PartitionSpan {
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

/** What a topic held between two instants when it was looked up; what is written later is not part of it. */
export interface TopicSpan {
  readonly topic: string;
  readonly partitions: readonly PartitionSpan[];
  /** At most so many messages: compaction and deletion leave gaps. */
  readonly messages: number;
  /** Whether the topic's beginning, now deleted, may have held more of the span. */
  readonly truncated: boolean;
}

/**
 * Looks up what a topic holds from one instant (milliseconds since the epoch) to another, or to its end as of now. The
 * instants are those of the messages, as the producer or the broker stamped them.
 *
 * @returns undefined when there is no such topic
 * @throws when no broker answers
 */
export function topicSpan(
  options: StreamOptions,
  topic: string,
  window: { readonly from: number; readonly to?: number },
): Promise<TopicSpan | undefined> {
  return retrying(RETRIES, () =>
    lookUp(options, topic, window).catch((error: Error & { type?: string }) => {
      // Between a topic's creation, or a broker's end, and the next leader there is none to be asked.
      throw error.type === 'NOT_LEADER_FOR_PARTITION' ? new TransientError(error.message, { cause: error }) : error;
    }),
  );
}

const RETRIES = { attempts: 8, firstDelayMs: 100, maxDelayMs: 2_000 };

async function lookUp(
  options: StreamOptions,
  topic: string,
  window: { readonly from: number; readonly to?: number },
): Promise<TopicSpan | undefined> {
  const admin = kafkaClient(options).admin();
  await admin.connect();
  try {
    if (!(await admin.listTopics()).includes(topic)) return undefined;
    const ends = await admin.fetchTopicOffsets(topic);
    const offsetsAt = async (instant: number) =>
      new Map(
        (await admin.fetchTopicOffsetsByTimestamp(topic, instant)).map(({ partition, offset }) => [partition, offset]),
      );
    const starts = await offsetsAt(window.from);
    const stops = window.to === undefined ? new Map<number, string>() : await offsetsAt(window.to);
    const partitions = ends.map(({ partition, high }): PartitionSpan => {
      const end = BigInt(high);
      const from = least(end, BigInt(starts.get(partition) ?? high));
      const to = least(end, BigInt(stops.get(partition) ?? high));
      return { partition, from, to: to > from ? to : from };
    });
    return {
      topic,
      partitions,
      messages: partitions.reduce((sum, { from, to }) => sum + Number(to - from), 0),
      truncated: ends.some(({ partition, low }) => BigInt(low) > 0n && starts.get(partition) === low),
    };
  } finally {
    await admin.disconnect();
  }
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** A broker that says nothing for so long is taken for gone. */
const STALLED_MS = 60_000;

/**
 * Reads spans of topics once, a fetch at a time, under a group of its own that commits nothing and is gone afterwards.
 * Each partition comes in its order; the partitions come as they please. The next fetch waits for `onMessages`.
 *
 * @throws what `onMessages` throws; the signal's reason when aborted; Error when Kafka falls silent for a minute
 */
export async function readSpans(
  options: StreamOptions & { readonly signal?: AbortSignal },
  spans: readonly TopicSpan[],
  onMessages: (messages: readonly StreamMessage[]) => void | Promise<void>,
): Promise<void> {
  const { signal } = options;
  signal?.throwIfAborted();
  const nameOf = (topic: string, partition: number) => `${topic}/${partition}`;
  const left = new Map<string, PartitionSpan & { topic: string; next: bigint }>(
    spans.flatMap(({ topic, partitions }) =>
      partitions
        .filter(({ from, to }) => to > from)
        .map((span) => [nameOf(topic, span.partition), { ...span, topic, next: span.from }] as const),
    ),
  );
  if (left.size === 0) return;
  const consumer = kafkaClient(options).consumer({
    groupId: `${options.clientId}-${randomUUID()}`,
    maxWaitTimeInMs: 250,
    retry: { retries: options.retries ?? 10, restartOnFailure: () => Promise.resolve(false) },
  });
  const ended = deferred<void>();
  ended.promise.catch(() => undefined); // may come before anybody waits
  const onAbort = () => ended.reject(signal?.reason as Error);
  let lastHeard = Date.now();
  const watch = setInterval(() => {
    if (Date.now() - lastHeard > STALLED_MS)
      ended.reject(new Error(`Kafka has sent nothing for ${STALLED_MS / 1000} s`));
  }, 1_000);
  try {
    signal?.addEventListener('abort', onAbort);
    consumer.on(consumer.events.CRASH, ({ payload }) => ended.reject(payload.error));
    // Also of batches that hold nothing but markers, which eachBatch never sees.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { topic, partition, lastOffset } }) => {
      lastHeard = Date.now();
      const span = left.get(nameOf(topic, partition));
      if (!span || BigInt(lastOffset) + 1n < span.to) return;
      left.delete(nameOf(topic, partition));
      consumer.pause([{ topic, partitions: [partition] }]);
      if (left.size === 0) ended.resolve();
    });
    await consumer.connect();
    await coordinatorReady(consumer);
    await consumer.subscribe({
      topics: [...new Set([...left.values()].map(({ topic }) => topic))],
      fromBeginning: true,
    });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch, resolveOffset }) => {
        const span = left.get(nameOf(batch.topic, batch.partition));
        // The first fetch may begin before the seek, so that messages come again.
        const messages = span
          ? batch.messages.filter(({ offset }) => BigInt(offset) >= span.next && BigInt(offset) < span.to)
          : [];
        if (span && messages.length > 0 && !signal?.aborted) {
          span.next = BigInt(batch.lastOffset()) + 1n;
          try {
            await onMessages(messages.map((message) => streamMessage(batch.topic, batch.partition, message)));
          } catch (error) {
            ended.reject(error as Error);
            throw error;
          }
        }
        resolveOffset(batch.lastOffset());
      },
    });
    for (const { topic, partitions } of spans) {
      for (const { partition } of partitions) {
        const span = left.get(nameOf(topic, partition));
        if (span) consumer.seek({ topic, partition, offset: String(span.next) });
        else consumer.pause([{ topic, partitions: [partition] }]);
      }
    }
    await ended.promise;
  } finally {
    clearInterval(watch);
    signal?.removeEventListener('abort', onAbort);
    await consumer.disconnect().catch(() => undefined);
  }
}
