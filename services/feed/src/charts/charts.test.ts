import { describe, expect, it } from '@jest/globals';
import { alertSeries } from './alert-series.js';
import { driftOf } from './drift.js';
import { removalCurves } from './removal-curves.js';
import { thresholdVolumes } from './threshold-volumes.js';

describe('alerts by the hour', () => {
  const now = new Date('2026-11-27T10:30:00Z');
  const at = (hour: string) => new Date(`2026-11-27T${hour}:00:00Z`);

  it('fill every hour, and know none from before', () => {
    const rows = [
      { hour: at('07'), category: 'hate', platform: 'a', alerts: 9 },
      { hour: at('08'), category: 'hate', platform: 'a', alerts: 2 },
      { hour: at('10'), category: 'hate', platform: 'a', alerts: 3 },
    ] as const;
    expect(alertSeries(rows, 3, now)).toEqual({
      hours: ['08', '09', '10'].map((hour) => at(hour).toISOString()),
      series: [{ category: 'hate', platform: 'a', alerts: [2, 0, 3] }],
    });
  });

  it('count all but the busiest platforms together', () => {
    const rows = Array.from({ length: 9 }, (_none, i) => ({
      ...{ hour: at('10'), category: 'hoax' as const, platform: `p${i}`, alerts: i + 1 },
    }));
    const { series } = alertSeries(rows, 1, now);
    expect(series.map(({ platform }) => platform).sort()).toEqual([null, 'p3', 'p4', 'p5', 'p6', 'p7', 'p8'].sort());
    expect(series.find(({ platform }) => platform === null)?.alerts).toEqual([6]);
  });
});

describe('how long posts stand', () => {
  it('takes those that are still watched for what they are', () => {
    // Of ten, two go in hour 1; four are looked at no later than hour 2; of the four left, two go in hour 5.
    const rows = [
      { platform: 'a', hours: 1, gone: true, posts: 2 },
      { platform: 'a', hours: 2, gone: false, posts: 4 },
      { platform: 'a', hours: 5, gone: true, posts: 2 },
      { platform: 'a', hours: 6, gone: false, posts: 2 },
    ];
    const [curve] = removalCurves(rows);
    expect(curve).toMatchObject({ posts: 10, gone: 4, medianHours: 5 });
    expect(curve?.steps.map(({ hours, estimate }) => [hours, Math.round(estimate * 100) / 100])).toEqual([
      [1, 0.2],
      [5, 0.6],
    ]);
    // Greenwood by hand: 0.8 * sqrt(2 / (10 * 8)) = 0.1265.
    expect(curve?.steps[0]?.high).toBeCloseTo(0.2 + 1.96 * 0.1265, 3);
  });
});

describe('what a threshold costs', () => {
  const counts = [
    { category: 'hate', hundredth: 80, share: 1, posts: 40 },
    { category: 'hate', hundredth: 50, share: 1, posts: 10 },
    { category: 'hate', hundredth: 50, share: 0.01, posts: 3 },
    { category: 'hate', hundredth: 10, share: 0.01, posts: 97 },
  ] as const;
  const [, hate] = thresholdVolumes(counts, [{ category: 'hate', threshold: 0.7, escalateThreshold: 0.9 }], 2);
  const at = (threshold: number) => hate?.volumes.find((one) => one.threshold === threshold)?.alertsADay;

  it('is known above the present one', () => {
    expect(at(0.7)).toEqual({ estimate: 20, low: 20, high: 20 });
    expect(at(0.9)).toEqual({ estimate: 0, low: 0, high: 0 });
  });

  it('is estimated below it, by how many posts each audited one stands for', () => {
    expect(at(0.4)?.estimate).toBe((50 + 300) / 2);
    // The exact Poisson interval of 3 is 0.619 to 8.767.
    expect(at(0.4)?.low).toBeCloseTo((50 + 61.9) / 2, 0);
    expect(at(0.4)?.high).toBeCloseTo((50 + 876.7) / 2, 0);
    expect(at(0)?.estimate).toBe((50 + 10_000) / 2);
    // None was found there: that excludes few, not all.
    expect(at(0.6)).toMatchObject({ estimate: 20, low: 20 });
    expect(at(0.6)?.high).toBeGreaterThan(100);
  });

  it('is nothing before anything was counted', () => {
    expect(thresholdVolumes([], [], 0).every(({ volumes }) => volumes.length === 0)).toBe(true);
  });
});

describe('drift', () => {
  const day = (name: string, shares: readonly number[], posts = 1_000) =>
    shares.map((share, tenth) => ({
      ...{ day: name, category: 'hate' as const, tenth, weight: share * posts, squares: share * posts },
    }));
  const same = [0.5, 0.2, 0.1, 0.05, 0.05, 0.03, 0.03, 0.02, 0.01, 0.01];

  it('is none while scores stay, and beyond chance when they move', () => {
    const moved = [...same].reverse();
    const { reference, categories } = driftOf([
      ...day('2026-11-01', same),
      ...day('2026-11-02', same),
      ...day('2026-11-03', same),
      ...day('2026-11-04', moved),
    ]);
    expect(reference).toEqual({ from: '2026-11-01', to: '2026-11-02' });
    const [third, fourth] = categories.find(({ category }) => category === 'hate')?.days ?? [];
    expect(third?.index).toBeLessThan(third?.chance ?? 0);
    expect(fourth?.index).toBeGreaterThan(1);
    expect(third?.chance).toBeCloseTo(16.919 * (1 / 1_000 + 1 / 2_000), 4);
  });

  it('takes a few posts that stand for many for the few that they are', () => {
    const heavy = same.map((share, tenth) => ({
      ...{
        day: '2026-11-02',
        category: 'hate' as const,
        tenth,
        weight: share * 10_000,
        squares: share * 10 * 1_000_000,
      },
    }));
    const { categories } = driftOf([...day('2026-11-01', same), ...heavy]);
    expect(categories.find(({ category }) => category === 'hate')?.days[0]?.chance).toBeGreaterThan(1);
  });

  it('needs two days', () => {
    expect(driftOf(day('2026-11-01', same))).toEqual({ reference: null, categories: [] });
    expect(driftOf([])).toEqual({ reference: null, categories: [] });
  });
});
