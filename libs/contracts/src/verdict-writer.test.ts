import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verdictCodec } from './codec.js';
import { verdictWriter } from './verdict-writer.js';

const model = { name: 'a "model"', version: '2026.11.24' };
const AT = '2026-11-24T00:00:00.000Z';
const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe('verdictWriter', () => {
  it('writes what the codec reads back', () => {
    const write = verdictWriter({ model, backend: 'native' });
    fc.assert(
      fc.property(
        fc.record(
          {
            id: fc.stringMatching(/^[!-~\u00a1-\ud7ff]{1,20}$/),
            scores: fc.record({ hoax: probability, hate: probability, bullying: probability }),
            labels: fc.dictionary(
              fc.string({ maxLength: 20 }).filter((name) => !name.includes('\0')),
              probability,
            ),
            shadow: fc.constant(true as const),
            textSha256: fc.stringMatching(/^[0-9a-f]{64}$/),
          },
          { requiredKeys: ['id', 'scores', 'textSha256'] },
        ),
        (post) => {
          const decoded = verdictCodec.decode(write({ ...post, seenAt: AT, scoredAt: AT }));
          const expected = { schemaVersion: 1, outcome: 'scored', model, backend: 'native', seenAt: AT, scoredAt: AT };
          expect(decoded).toEqual({ ok: true, value: JSON.parse(JSON.stringify({ ...expected, ...post })) as unknown });
        },
      ),
    );
  });

  it.each([NaN, -0.1, 1.1, Infinity])('refuses a score of %p', (hate) => {
    const write = verdictWriter({ model, backend: 'wasm' });
    const scores = { hoax: 0, hate, bullying: 0 };
    expect(() => write({ id: 'a:1', scores, textSha256: '0'.repeat(64), seenAt: AT, scoredAt: AT })).toThrow(TypeError);
  });
});
