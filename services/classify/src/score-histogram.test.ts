import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { count, emptyHistogram, stabilityIndex } from './score-histogram.js';

describe('stabilityIndex', () => {
  const bins = fc.array(fc.nat(10_000), { minLength: 10, maxLength: 10 });

  it('is never negative, and zero for equal distributions', () => {
    fc.assert(
      fc.property(bins, bins, (a, b) => {
        expect(stabilityIndex(a, b)).toBeGreaterThanOrEqual(0);
        expect(stabilityIndex(a, a)).toBeCloseTo(0);
      }),
    );
  });

  it('passes the usual marks when a distribution moves', () => {
    const before = [700, 200, 50, 20, 10, 5, 5, 4, 3, 3];
    expect(
      stabilityIndex(
        before,
        before.map((n) => n * 3),
      ),
    ).toBeLessThan(0.01);
    expect(stabilityIndex(before, [300, 250, 150, 100, 60, 50, 40, 20, 15, 15])).toBeGreaterThan(0.25);
  });

  it('says nothing about nothing', () => {
    expect(stabilityIndex(Array<number>(10).fill(0), Array<number>(10).fill(1))).toBe(0);
  });
});

describe('count', () => {
  it('puts 0 and 1 into the outermost bins', () => {
    const histogram = emptyHistogram();
    count(histogram, { hoax: 0, hate: 1, bullying: 0.55 });
    expect([histogram.hoax[0], histogram.hate[9], histogram.bullying[5]]).toEqual([1, 1, 1]);
  });
});
