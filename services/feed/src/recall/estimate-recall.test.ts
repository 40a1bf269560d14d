import { describe, expect, it, test } from '@jest/globals';
import { perCategory } from '@siaga/contracts';
import type { AuditCounts } from '@siaga/storage';
import { estimateRecall } from './estimate-recall.js';
import { poissonInterval, weightedPoissonInterval, wilsonInterval } from './intervals.js';

test('intervals are those of the published tables', () => {
  // Garwood's table, 95%.
  expect(poissonInterval(0, 0.05)).toMatchObject({ low: 0, high: expect.closeTo(3.689, 3) });
  expect(poissonInterval(1, 0.05)).toMatchObject({ low: expect.closeTo(0.0253, 4), high: expect.closeTo(5.572, 3) });
  expect(poissonInterval(10, 0.05)).toMatchObject({ low: expect.closeTo(4.795, 3), high: expect.closeTo(18.39, 2) });
  expect(poissonInterval(2_000, 0.05).high).toBeGreaterThan(2_000 + 1.96 * Math.sqrt(2_000));
  // Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", 2001: 10 of 50.
  expect(wilsonInterval(10, 50, 0.05)).toMatchObject({ low: expect.closeTo(0.112, 3), high: expect.closeTo(0.33, 2) });
  expect(wilsonInterval(0, 5, 0.05)).toMatchObject({ low: 0 });
  // Equal weights are no weights.
  const weighted = weightedPoissonInterval(
    [4, 6].map((count) => ({ count, weight: 100 })),
    0.05,
  );
  expect(weighted.high).toBeCloseTo(100 * poissonInterval(10, 0.05).high, 6);
});

const NOTHING = { flags: 0, judged: 0, confirmed: 0 };

describe('the estimate', () => {
  it('is empty as long as nothing is judged', () => {
    const counts: AuditCounts = {
      strata: [{ share: 0.01, audited: 40, judged: 0, found: { hoax: 0, hate: 0, bullying: 0 } }],
      alerts: { hoax: NOTHING, hate: { flags: 3, judged: 1, confirmed: 1 }, bullying: NOTHING },
    };
    for (const given of [counts, { ...counts, strata: [] }]) {
      const { judged, categories } = estimateRecall(given);
      expect(judged).toBe(0);
      expect(categories.hate).toMatchObject({ missed: null, recall: null, precision: { estimate: 1 } });
      expect(categories.hoax).toMatchObject({ missed: null, precision: null, recall: null });
    }
  });

  it('weighs each post by the chance it had, and those nobody has judged in proportion', () => {
    const found = { hoax: 0, hate: 2, bullying: 0 };
    const { categories } = estimateRecall({
      strata: [
        { share: 0.01, audited: 100, judged: 50, found },
        { share: 0.1, audited: 100, judged: 50, found },
      ],
      alerts: { hoax: NOTHING, hate: { flags: 660, judged: 100, confirmed: 50 }, bullying: NOTHING },
    });
    // Twice 2 at a weight of 100 and 2 at 10, because half of the picked have been judged.
    expect(categories.hate.missed?.estimate).toBeCloseTo(440);
    // 660 alerts, half of them right: 330 found beside 440 missed.
    expect(categories.hate.recall?.estimate).toBeCloseTo(330 / 770);
    // Found none in a hundred judged: at most about four of them at the largest weight.
    expect(categories.bullying.missed).toMatchObject({ estimate: 0, low: 0, high: expect.closeTo(200 * 3.689, 0) });
  });

  it('covers the truth as often as it says', () => {
    const random = mulberry32(20261124);
    const RUNS = 600;
    const truth = { missed: 300, flags: 400, right: 300 };
    let [missedCovered, recallCovered, total] = [0, 0, 0];
    for (let run = 0; run < RUNS; run++) {
      // Two periods with different shares; 70% of what was picked has been judged.
      const strata = [
        { share: 0.02, posts: 10_000, positive: 200 },
        { share: 0.1, posts: 5_000, positive: 100 },
      ].map(({ share, posts, positive }) => {
        const found = binomial(random, positive, share * 0.7);
        const judged = found + binomial(random, posts - positive, share * 0.7);
        const unjudged = binomial(random, posts, share * 0.3);
        return { share, audited: judged + unjudged, judged, found: { hoax: 0, hate: found, bullying: 0 } };
      });
      const hate = { flags: truth.flags, judged: 80, confirmed: binomial(random, 80, truth.right / truth.flags) };
      const { missed, recall } = estimateRecall({ strata, alerts: { ...perCategory(() => NOTHING), hate } }).categories
        .hate;
      total += missed?.estimate ?? NaN;
      if (missed && missed.low <= truth.missed && truth.missed <= missed.high) missedCovered++;
      if (recall && recall.low <= 0.5 && 0.5 <= recall.high) recallCovered++;
    }
    expect(Math.abs(total / RUNS / truth.missed - 1)).toBeLessThan(0.05);
    // 95% less two standard errors of 600 runs; and not so wide that it covers everything.
    expect(missedCovered / RUNS).toBeGreaterThan(0.932);
    expect(recallCovered / RUNS).toBeGreaterThan(0.932);
    expect(missedCovered).toBeLessThan(RUNS);
  });
});

/** A small generator with a seed (Tommy Ettinger, public domain). */
function mulberry32(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Jumps from hit to hit: the gaps between them are geometric. */
function binomial(random: () => number, trials: number, chance: number): number {
  let hits = 0;
  for (let at = -1; ; hits++) {
    at += 1 + Math.floor(Math.log(1 - random()) / Math.log(1 - chance));
    if (at >= trials) return hits;
  }
}
