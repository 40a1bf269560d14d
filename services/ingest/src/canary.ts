import { randomUUID } from 'node:crypto';
import { CANARY_PLATFORM, postCodec, type Post, type Topics } from '@siaga/contracts';
import { startRepeating, type Logger } from '@siaga/runtime';
import type { StreamProducer } from '@siaga/stream';
import type { IngestMetrics } from './metrics.js';

/** Read like any other, and no alert: nothing in it is about anybody. */
const aText = (at: string) => `Burung kenari pengawas berkicau lagi pada ${at}, dan semua baik-baik saja di dapur.`;

/** A post that nobody wrote, to see how long the way of a post is. */
export function canaryPost(now = new Date()): Post {
  const at = now.toISOString();
  return {
    ...{ schemaVersion: 1, id: `${CANARY_PLATFORM}:${randomUUID()}`, platform: CANARY_PLATFORM, text: aText(at) },
    ...{ createdAt: at, seenAt: at, source: CANARY_PLATFORM, visibility: 'public' },
  };
}

/**
 * Sends a synthetic post through the live path every so often. Classify flags it whatever its scores, notify measures when it arrives, and
 * nobody records it. One that cannot be sent is told by its absence.
 *
 * @returns how to stop
 */
export function startCanary(
  {
    everyMs,
    producer,
    topics,
    metrics,
    log,
  }: {
    readonly everyMs: number;
    readonly producer: StreamProducer;
    readonly topics: Topics;
    readonly metrics: IngestMetrics;
    readonly log: Logger;
  },
  onCrash: (error: unknown) => void,
) {
  const work = async () => {
    const post = canaryPost();
    metrics.canaries.inc();
    await producer
      .send([{ topic: topics.posts.name, messages: [{ key: post.id, value: postCodec.encode(post) }] }])
      .catch((err: unknown) => log.warn({ err }, 'the canary could not be sent'));
  };
  return startRepeating({ what: 'canary', pauseMs: everyMs, log, work }, onCrash);
}
