import { describe, expect, it } from '@jest/globals';
import { deferred } from '@siaga/runtime';
import type { OutgoingMessage } from '@siaga/stream';
import { gatheredSend } from './gathered-send.js';

const message = (bytes: number): OutgoingMessage[] => [{ key: 'k', value: Buffer.alloc(bytes) }];
const MEBIBYTE = 1024 * 1024;

describe('gatheredSend', () => {
  it('sends what comes in during a request together with the next, and answers each by its own request', async () => {
    const requests: { count: number; done: ReturnType<typeof deferred<void>> }[] = [];
    const { send } = gatheredSend((messages) => {
      const done = deferred<void>();
      requests.push({ count: messages.length, done });
      return done.promise;
    }, 60_000);
    const first = send(message(1));
    const others = [send(message(1)), send(message(1))].map((sent) => sent.catch((error: Error) => error.message));
    expect(requests.map(({ count }) => count)).toEqual([1]);
    requests[0]?.done.resolve();
    await first;
    expect(requests.map(({ count }) => count)).toEqual([1, 2]);
    requests[1]?.done.reject(new Error('broker gone'));
    expect(await Promise.all(others)).toEqual(['broker gone', 'broker gone']);
  });

  it('refuses more than it may hold while Kafka is silent, and makes nobody wait for ever', async () => {
    const { send } = gatheredSend(() => new Promise(() => undefined), 50);
    const waiting = Promise.allSettled(Array.from({ length: 3 }, () => send(message(5 * MEBIBYTE))));
    await expect(send(message(5 * MEBIBYTE))).rejects.toMatchObject({ statusCode: 503 });
    const outcomes = (await waiting).map(
      (result) => (result.status === 'rejected' ? result.reason : undefined) as Error,
    );
    expect(outcomes.map(({ message: text }) => text)).toEqual(
      Array(3).fill('Kafka does not acknowledge: send the same posts again later'),
    );
  });
});
