import { describe, expect, it } from '@jest/globals';
import { cohensKappa } from './cohens-kappa.js';

const table = (both: number, firstOnly: number, secondOnly: number, neither: number) => ({
  ...{ both, firstOnly, secondOnly, neither },
});

describe("Cohen's kappa", () => {
  it('is what is worked out by hand', () => {
    // 35 of 50 agreed on; chance gives .5 x .6 + .5 x .4 = .5.
    expect(cohensKappa(table(20, 5, 10, 15), 0.05)?.estimate).toBeCloseTo(0.4, 10);
    // Less than chance: 2 of 10, where chance gives .5.
    expect(cohensKappa(table(1, 4, 4, 1), 0.05)?.estimate).toBeCloseTo(-0.6, 10);
    expect(cohensKappa(table(25, 25, 25, 25), 0.05)?.estimate).toBeCloseTo(0, 10);
  });

  it('is not defined where nobody could have differed', () => {
    expect(cohensKappa(table(0, 0, 0, 0), 0.05)).toBeNull();
    expect(cohensKappa(table(12, 0, 0, 0), 0.05)).toBeNull();
  });

  it('is not certain of full agreement on few things', () => {
    const kappa = cohensKappa(table(3, 0, 0, 3), 0.05);
    expect(kappa).toMatchObject({ estimate: 1, high: 1 });
    expect(kappa?.low).toBeLessThan(0.4);
  });

  it('holds the truth in about 95 of 100 intervals', () => {
    // Two who judge 60 things: each thing is hostile or not, and each says so rightly nine times in ten.
    const right = 0.9;
    const agree = right ** 2 + (1 - right) ** 2;
    const truth = (agree - 0.5) / 0.5;
    let seed = 7;
    const chance = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const runs = 2_000;
    let held = 0;
    for (let run = 0; run < runs; run++) {
      const counts = { both: 0, firstOnly: 0, secondOnly: 0, neither: 0 };
      for (let i = 0; i < 60; i++) {
        const hostile = chance() < 0.5;
        const [first, second] = [chance() < right === hostile, chance() < right === hostile];
        counts[first ? (second ? 'both' : 'firstOnly') : second ? 'secondOnly' : 'neither']++;
      }
      const kappa = cohensKappa(counts, 0.05);
      if (kappa && kappa.low <= truth && truth <= kappa.high) held++;
    }
    expect(held / runs).toBeGreaterThan(0.93);
    expect(held / runs).toBeLessThan(0.98);
  });
});
