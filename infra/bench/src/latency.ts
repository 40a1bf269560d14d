import { setTimeout as wait } from 'node:timers/promises';
import { topicsOf, verdictCodec } from '@siaga/contracts';
import { connectProducer, ensureTopics, followTopics, type StreamOptions } from '@siaga/stream';
import { encodedPosts } from './made-up-posts.js';
import { stopWorker, type StartWorker } from './workers.js';

export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const TICK_MS = 20;
/** Between two posts to an idle fleet. */
const IDLE_GAP_MS = 100;
const WARM_UP_POSTS = 500;
const DRAIN_MS = 30_000;

/**
 * From the moment a post is made to the moment its verdict is read back, while posts arrive at a steady rate. Once with nothing else in
 * the fleet, one post at a time (`postsPerSecond` 0), or at half of what it can do.
 *
 * @throws Error when verdicts are missing half a minute after the last post
 */
export async function measureLatency(options: {
  readonly stream: StreamOptions;
  readonly prefix: string;
  readonly postsPerSecond: number;
  readonly seconds: number;
  readonly messageBytes: number;
  readonly workers: number;
  readonly start: StartWorker;
}): Promise<Latency> {
  const { stream, prefix, postsPerSecond, seconds, messageBytes, workers, start } = options;
  const topics = topicsOf(prefix);
  await ensureTopics(stream, Object.values(topics));
  const producer = await connectProducer(stream);
  // By post: a reader may be handed messages again. The first ones warm the worker up and are not measured.
  const delays = new Map<string, number>();
  const follower = await followTopics({ ...stream, topics: [topics.verdicts.name] }, (messages) => {
    const now = Date.now();
    for (const { value } of messages) {
      const decoded = verdictCodec.decode(value);
      if (!decoded.ok || delays.has(decoded.value.id)) continue;
      delays.set(decoded.value.id, now - Date.parse(decoded.value.seenAt));
    }
  });
  const processes = await Promise.all(
    Array.from({ length: workers }, () => start({ brokers: stream.brokers, prefix })),
  );
  const send = (count: number, from: number) =>
    producer.send([{ topic: topics.posts.name, messages: encodedPosts(count, messageBytes, from) }]);
  const arrive = async (count: number) => {
    for (const until = Date.now() + DRAIN_MS; delays.size < count; await wait(TICK_MS)) {
      if (Date.now() > until) throw new Error(`${delays.size} of ${count} verdicts after ${DRAIN_MS / 1000} s`);
    }
  };
  try {
    await send(WARM_UP_POSTS, 0);
    await arrive(WARM_UP_POSTS);
    let sent = WARM_UP_POSTS;
    const startedAt = Date.now();
    const sends: Promise<void>[] = [];
    while (Date.now() - startedAt < seconds * 1000) {
      if (postsPerSecond === 0) {
        await send(1, sent++);
        await wait(IDLE_GAP_MS);
        continue;
      }
      const due = WARM_UP_POSTS + Math.floor(((Date.now() - startedAt) / 1000) * postsPerSecond);
      if (due > sent) sends.push(send(due - sent, sent));
      sent = Math.max(sent, due);
      await wait(TICK_MS);
    }
    await Promise.all(sends);
    await arrive(sent);
    const measured = [...delays.values()].slice(WARM_UP_POSTS).toSorted((a, b) => a - b);
    const at = (share: number) => measured[Math.min(measured.length - 1, Math.floor(measured.length * share))] ?? 0;
    return { p50Ms: at(0.5), p99Ms: at(0.99) };
  } finally {
    await Promise.all(processes.map(stopWorker));
    await follower.close();
    await producer.close();
  }
}
