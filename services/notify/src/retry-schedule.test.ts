import { describe, expect, it } from '@jest/globals';
import { retryDelayMs } from './retry-schedule.js';

const HOUR_MS = 3_600_000;

describe('retryDelayMs', () => {
  it('waits longer each time, up to five minutes', () => {
    for (let attempts = 1; attempts < 2_000; attempts++) {
      const ceiling = Math.min(300_000, 1_000 * 2 ** (attempts - 1));
      const delay = retryDelayMs(attempts, 24 * HOUR_MS);
      expect(delay).toBeGreaterThanOrEqual(ceiling / 2);
      expect(delay).toBeLessThanOrEqual(ceiling);
    }
  });

  it.each([4 * HOUR_MS, 10 * 60_000, 60_000])('tries again and again before a deadline %i ms away', (deadline) => {
    let [now, attempts] = [0, 50];
    while (now < deadline) {
      const wait = retryDelayMs(++attempts, deadline - now);
      expect(wait).toBeLessThanOrEqual(Math.max(1_000, (deadline - now) / 4));
      now += wait;
    }
    expect(attempts - 50).toBeGreaterThan(10);
  });

  it('goes on after the deadline, and waits as long as the platform asks', () => {
    expect(retryDelayMs(30, -HOUR_MS)).toBeGreaterThanOrEqual(150_000);
    expect(retryDelayMs(1, 60_000, 45_000)).toBe(45_000);
  });
});
