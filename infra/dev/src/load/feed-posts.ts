import { setTimeout as wait } from 'node:timers/promises';
import { createLogger } from '@siaga/runtime';
import { connectProducer } from '@siaga/stream';
import { growingFile } from './growing-file.js';
import type { LoadPost } from './posts.js';
import { startPusher } from './pusher.js';

const TICK_MS = 50;
const DRAIN_MS = 180_000;

export interface FedPosts {
  readonly made: number;
  readonly hostile: number;
  /** By post number: when it was made, in milliseconds since the epoch. */
  readonly madeAt: Float64Array;
  readonly pushedAgain: number;
}

/**
 * Makes posts at a steady pace, whatever becomes of the fleet, and sees to it that each is taken: half of them in a file that
 * ingest follows, half pushed, those for the topic past ingest.
 *
 * @returns when every post is taken
 * @throws Error when some are not, three minutes after the last was made
 */
export async function feedPosts(options: {
  readonly rate: number;
  readonly seconds: number;
  readonly make: (number: number) => LoadPost;
  readonly file: string;
  readonly push: { readonly url: string; readonly token: string };
  readonly topic: { readonly brokers: string; readonly name: string };
  readonly signal: AbortSignal;
  readonly onTick: (made: number) => void;
}): Promise<FedPosts> {
  const { rate, seconds, make, signal, topic } = options;
  const total = rate * seconds;
  const madeAt = new Float64Array(total);
  const file = growingFile(options.file);
  const pusher = startPusher(options.push);
  const stream = { brokers: topic.brokers, clientId: 'siaga-load', log: createLogger('load', 'silent') };
  const past = pastIngest(await connectProducer(stream), topic.name);
  const startedAt = Date.now();
  let made = 0;
  let hostile = 0;
  try {
    while (made < total) {
      signal.throwIfAborted();
      const due = Math.min(total, Math.floor(((Date.now() - startedAt) / 1000) * rate));
      const posts = Array.from({ length: due - made }, (_none, i) => make(made + i));
      madeAt.fill(Date.now(), made, due);
      made = due;
      hostile += posts.filter((post) => post.hostile).length;
      const by = (way: LoadPost['way']) => posts.filter((post) => post.way === way).map(({ bytes }) => bytes);
      file.add(by('file'));
      pusher.add(by('push'));
      past.add(posts.filter(({ way }) => way === 'topic'));
      options.onTick(made);
      await wait(TICK_MS);
    }
    const deadline = Date.now() + DRAIN_MS;
    while (file.waiting + pusher.waiting + past.waiting > 0) {
      signal.throwIfAborted();
      if (Date.now() > deadline) {
        throw new Error(
          `${pusher.waiting} pushed posts, ${file.waiting} bytes and ${past.waiting} messages were not taken in ${DRAIN_MS / 1000} s`,
        );
      }
      file.add([]);
      await wait(TICK_MS);
    }
    return { made, hostile, madeAt, pushedAgain: pusher.retries };
  } finally {
    file.close();
    await Promise.all([pusher.close(), past.close()]);
  }
}

/** Messages straight to a topic, tried again until they are there. */
function pastIngest(producer: Awaited<ReturnType<typeof connectProducer>>, topic: string) {
  let queue: LoadPost[] = [];
  let busy = false;
  const flush = async () => {
    busy = true;
    while (queue.length > 0) {
      const batch = queue;
      queue = [];
      const messages = batch.map(({ number, bytes }) => ({ key: `past-${number}`, value: bytes }));
      await producer.send([{ topic, messages }]).catch(() => (queue = [...batch, ...queue]));
    }
    busy = false;
  };
  return {
    add(posts: readonly LoadPost[]) {
      queue.push(...posts);
      if (!busy && queue.length > 0) void flush();
    },
    get waiting() {
      return queue.length + (busy ? 1 : 0);
    },
    close: () => producer.close().catch(() => undefined),
  };
}
