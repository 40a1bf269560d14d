import { expect, test } from '@jest/globals';
import { pointOf } from './place-attack.js';

test('the point has the stated share of the logits above it, in whatever order they come', () => {
  const logits = Array.from({ length: 200 }, (_, i) => ((i * 37) % 200) / 20 - 7);
  for (const share of [0.015, 0.07, 0.5]) {
    const point = pointOf(logits, share);
    expect(logits.filter((z) => z > point).length / logits.length).toBeCloseTo(share, 2);
  }
});
