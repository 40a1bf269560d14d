import { expect, test } from '@jest/globals';
import { percentilesOf, recoveries, type Fresh } from './freshness.js';

/** A post every tenth of a second for a minute, each as late as it is told. */
const posts = (tookMs: (madeMs: number) => number): Fresh[] =>
  Array.from({ length: 600 }, (_none, i) => ({ madeMs: i * 100, tookMs: tookMs(i * 100) }));

test('a fault is over when posts are fresh again, for three seconds in a row', () => {
  const outage = posts((ms) => (ms >= 10_000 && ms < 25_000 ? 25_000 - ms + 2_001 : 100));
  expect(recoveries(outage, [10_500, 40_000])).toEqual([14.5, 0]);
  const twice = posts((ms) => ((ms >= 10_000 && ms < 12_000) || (ms >= 13_000 && ms < 14_000) ? 5_000 : 100));
  expect(recoveries(twice, [10_000])).toEqual([4]);
});

test('what never recovers says so, and what nobody noticed too', () => {
  expect(
    recoveries(
      posts((ms) => (ms >= 50_000 ? 9_000 : 0)),
      [50_000],
    ),
  ).toEqual([Infinity]);
  expect(
    recoveries(
      posts(() => 0),
      [5_000],
    ),
  ).toEqual([0]);
});

test('percentiles are in seconds', () => {
  expect(percentilesOf([])).toBeUndefined();
  expect(percentilesOf(Array.from({ length: 100 }, (_none, i) => (i + 1) * 1_000))).toEqual({
    ...{ count: 100, p50: 50, p95: 95, p99: 99 },
  });
});
