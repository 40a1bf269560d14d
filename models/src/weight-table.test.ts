import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packTable, unpackTable } from './weight-table.js';

describe('weight table', () => {
  test('comes back within half a step of what went in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 32, maxLength: 32 }),
        fc.array(fc.float({ min: 0, max: 12, noNaN: true }), { minLength: 16, maxLength: 16 }),
        (weights, idf) => {
          const table = { buckets: 16, heads: 2, weights: Float32Array.from(weights), idf: Float32Array.from(idf) };
          const { bytes, scale, idfScale } = packTable(table);
          const back = unpackTable(bytes, 16, scale, idfScale);
          back.weights.forEach((w, i) =>
            expect(Math.abs(w - (weights[i] ?? 0))).toBeLessThanOrEqual((scale[i % 2] ?? 0) * 0.51),
          );
          back.idf.forEach((f, i) => expect(Math.abs(f - (idf[i] ?? 0))).toBeLessThanOrEqual(idfScale * 0.51));
        },
      ),
    );
  });
  test('bytes of another size are refused', () => {
    expect(() => unpackTable(new Uint8Array(10), 16, [1], 1)).toThrow(RangeError);
  });
});
