import { expect, test } from '@jest/globals';
import { randomFrom } from '../random.js';
import { theilSen } from './theil-sen.js';

const points = (y: (x: number) => number) => Array.from({ length: 60 }, (_none, x) => ({ x, y: y(x) }));

test('a straight line has its slope, and no doubt', () => {
  expect(theilSen(points((x) => 3 * x + 1))).toEqual({ slope: 3, low: 3, high: 3 });
  expect(theilSen(points(() => 7))).toEqual({ slope: 0, low: 0, high: 0 });
});

test('wild points do not move it', () => {
  const slope = theilSen(points((x) => (x % 5 === 0 ? 10_000 : 2 * x)));
  expect(slope?.slope).toBeCloseTo(2, 0);
});

test('noise around a level leaves zero inside the interval, a leak beneath the noise does not', () => {
  const random = randomFrom(4);
  const noise = points(() => 100 + 20 * random.next());
  expect(theilSen(noise)).toMatchObject({ low: expect.any(Number) });
  expect(theilSen(noise)!.low).toBeLessThan(0);
  expect(theilSen(noise)!.high).toBeGreaterThan(0);
  expect(theilSen(noise.map(({ x, y }) => ({ x, y: y + x })))!.low).toBeGreaterThan(0);
});

test('two points are no line', () => {
  expect(theilSen(points((x) => x).slice(0, 2))).toBeUndefined();
});
