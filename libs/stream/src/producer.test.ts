import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { requestsOf } from './producer.js';

const KIB = 1024;
const message = (bytes: number) => ({ key: null, value: Buffer.alloc(bytes) });

describe('requestsOf', () => {
  it('keeps every message, in order within its topic, in requests of at most a mebibyte', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 700 * KIB }), { maxLength: 8 }), { maxLength: 3 }),
        (sizes) => {
          const batches = sizes.map((bytes, i) => ({ topic: `topic-${i}`, messages: bytes.map(message) }));
          const requests = requestsOf(batches);
          for (const { topic, messages } of batches) {
            const sent = requests.flatMap((parts) =>
              parts.filter((part) => part.topic === topic).flatMap((part) => part.messages),
            );
            expect(sent).toEqual(messages);
          }
          for (const parts of requests) {
            const bytes = parts
              .flatMap((part) => part.messages)
              .reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
            expect(bytes).toBeLessThanOrEqual(KIB * KIB);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('sends a message larger than a request by itself', () => {
    const requests = requestsOf([{ topic: 'posts', messages: [message(10), message(2 * KIB * KIB), message(10)] }]);
    expect(requests.map((parts) => parts.flatMap((part) => part.messages).length)).toEqual([1, 1, 1]);
  });

  it('has nothing to send for nothing', () => {
    expect(requestsOf([{ topic: 'posts', messages: [] }])).toEqual([]);
  });
});
