import { describe, expect, test } from '@jest/globals';
import { fitLogistic } from './logistic.js';
import { createRandom } from './random.js';
import { foldOfGroup, trainBaseline } from './tfidf-baseline.js';

describe('logistic regression', () => {
  test('ends where the gradient of the penalised loss is zero', () => {
    // Two columns, one row each; the optimum solves w = C * (1 - p) for the positive row.
    const data = { columns: 2, ids: Int32Array.of(0, 1), values: Float32Array.of(1, 1), start: Int32Array.of(0, 1, 2) };
    const { weights, bias } = fitLogistic(data, Int32Array.of(0, 1), Float32Array.of(1, 0), Float32Array.of(1, 1), {
      c: 4,
      iterations: 200,
    });
    const p = 1 / (1 + Math.exp(-((weights[0] ?? 0) + bias)));
    expect(weights[0]).toBeCloseTo(4 * (1 - p), 2);
    expect(weights[1]).toBeCloseTo(-(weights[0] ?? 0), 2);
  });
});

describe('the TF-IDF baseline', () => {
  test('learns a word that tells two classes apart, whatever its case', () => {
    const texts = Array.from({ length: 40 }, (_, i) =>
      i % 2 === 0 ? `dasar bodoh nomor ${i}` : `terima kasih nomor ${i}`,
    );
    const baseline = trainBaseline(
      texts,
      texts.map((_, i) => (i % 2 === 0 ? 1 : 0)),
    );
    const [bad = 0, good = 1] = baseline.predict(['BODOH sekali', 'Terima kasih banyak']);
    expect(bad).toBeGreaterThan(0.7);
    expect(good).toBeLessThan(0.3);
  });
});

test('folds keep groups together and are of about equal size', () => {
  const folds = foldOfGroup(
    Array.from({ length: 300 }, (_, i) => i % 100),
    5,
    createRandom(1),
  );
  expect(folds.size).toBe(100);
  for (let fold = 0; fold < 5; fold++) expect([...folds.values()].filter((f) => f === fold)).toHaveLength(20);
});
