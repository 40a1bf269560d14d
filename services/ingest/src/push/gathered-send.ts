import type { OutgoingMessage } from '@siaga/stream';
import { Problem } from './problem.js';

const MAX_WAITING_BYTES = 16 * 1024 * 1024;
const RETRY_AFTER_SECONDS = '5';

export interface GatheredSend {
  /**
   * Resolves when Kafka has acknowledged the messages.
   *
   * @throws Problem 503 when too much waits for Kafka, or Kafka does not answer in time; sent again, the posts are the same
   */
  send(messages: readonly OutgoingMessage[]): Promise<void>;
}

interface Waiting {
  readonly messages: readonly OutgoingMessage[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One request to Kafka at a time; what comes in meanwhile goes out together with the next. So many small pushes cost no
 * more than one large one, and what waits is bounded.
 */
export function gatheredSend(
  write: (messages: readonly OutgoingMessage[]) => Promise<void>,
  timeoutMs: number,
): GatheredSend {
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let busy = false;

  const flush = async () => {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await write(batch.flatMap(({ messages }) => messages));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      waitingBytes -= batch.reduce((sum, { messages }) => sum + bytesOf(messages), 0);
    }
    busy = false;
  };

  return {
    async send(messages) {
      const bytes = bytesOf(messages);
      if (waitingBytes > 0 && waitingBytes + bytes > MAX_WAITING_BYTES)
        throw unavailable('more waits for Kafka than can be held');
      waitingBytes += bytes;
      const acknowledged = new Promise<void>((resolve, reject) => waiting.push({ messages, resolve, reject }));
      if (!busy) void flush();
      await within(timeoutMs, acknowledged);
    },
  };
}

const bytesOf = (messages: readonly OutgoingMessage[]): number =>
  messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);

const unavailable = (why: string) =>
  new Problem(503, `${why}: send the same posts again later`, { headers: { 'retry-after': RETRY_AFTER_SECONDS } });

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unavailable('Kafka does not acknowledge')), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
