import { setTimeout as wait } from 'node:timers/promises';
import { topicsOf } from '@siaga/contracts';
import { connectProducer, ensureTopics, topicEnd, type StreamOptions } from '@siaga/stream';
import { encodedPosts } from './made-up-posts.js';
import { costOf } from './process-cost.js';
import { stopWorker, type StartWorker } from './workers.js';

export interface EndToEnd {
  readonly postsPerSecond: number;
  readonly cpuSecondsPerMillion: number;
  /** Of the largest worker. */
  readonly peakRssMb: number;
}

const PRODUCE_BATCH = 2_000;
const LOOK_EVERY_MS = 100;
const STALL_MS = 60_000;
/** Of the backlog: start-up and the first join are not what is measured. */
const WARM_UP_SHARE = 0.1;

/**
 * Fills a backlog, starts workers, and measures from the moment that a tenth of it is scored until all of it is.
 *
 * @throws Error when nothing moves for a minute
 */
export async function measureEndToEnd(options: {
  readonly stream: StreamOptions;
  readonly prefix: string;
  readonly posts: number;
  readonly messageBytes: number;
  readonly workers: number;
  readonly start: StartWorker;
  readonly onProgress: (line: string) => void;
}): Promise<EndToEnd> {
  const { stream, prefix, posts, messageBytes, workers, start, onProgress } = options;
  const topics = topicsOf(prefix);
  await ensureTopics(stream, Object.values(topics));
  await fill(stream, topics.posts.name, posts, messageBytes, onProgress);
  const place = { brokers: stream.brokers, prefix };
  const processes = await Promise.all(Array.from({ length: workers }, () => start(place)));
  const pids = processes.map(({ pid }) => pid as number);
  const cpu = () => pids.reduce((sum, pid) => sum + costOf(pid).cpuSeconds, 0);
  try {
    const warm = await reached(stream, topics.verdicts.name, posts * WARM_UP_SHARE, onProgress);
    const [cpuBefore, startedAt] = [cpu(), performance.now()];
    const end = await reached(stream, topics.verdicts.name, posts, onProgress);
    const seconds = (performance.now() - startedAt) / 1000;
    const scored = end - warm;
    return {
      postsPerSecond: Math.round(scored / seconds),
      cpuSecondsPerMillion: Math.round(((cpu() - cpuBefore) / scored) * 1e7) / 10,
      peakRssMb: Math.max(...pids.map((pid) => costOf(pid).peakRssMb)),
    };
  } finally {
    await Promise.all(processes.map(stopWorker));
  }
}

async function fill(
  stream: StreamOptions,
  topic: string,
  posts: number,
  messageBytes: number,
  onProgress: (line: string) => void,
): Promise<void> {
  const producer = await connectProducer(stream);
  for (let sent = 0; sent < posts; sent += PRODUCE_BATCH) {
    const messages = encodedPosts(Math.min(PRODUCE_BATCH, posts - sent), messageBytes, sent);
    await producer.send([{ topic, messages }]);
    if (sent % 20_000 === 0) onProgress(`backlog ${sent} of ${posts}`);
  }
  await producer.close();
}

/** Waits until a topic holds so many messages. @returns how many it holds then */
async function reached(
  stream: StreamOptions,
  topic: string,
  wanted: number,
  onProgress: (line: string) => void,
): Promise<number> {
  const end = await topicEnd(stream, topic);
  try {
    let [latest, movedAt] = [-1, Date.now()];
    for (;;) {
      const now = await end.messages();
      if (now >= wanted) return now;
      if (now !== latest) [latest, movedAt] = [now, Date.now()];
      else if (Date.now() - movedAt > STALL_MS) throw new Error(`${topic} stands still at ${now} of ${wanted}`);
      onProgress(`scored ${now} of ${wanted}`);
      await wait(LOOK_EVERY_MS);
    }
  } finally {
    await end.close();
  }
}
