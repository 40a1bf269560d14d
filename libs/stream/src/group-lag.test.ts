import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lagClock } from './group-lag.js';

describe('lagClock', () => {
  test('is 0 while everything is handled', () => {
    const age = lagClock();
    expect(age({ at: 0, end: 10 }, 10)).toBe(0);
    expect(age({ at: 10_000, end: 500 }, 500)).toBe(0);
  });

  test('grows while nothing is handled, from when the first message came', () => {
    const age = lagClock();
    age({ at: 0, end: 100 }, 100);
    expect(age({ at: 10_000, end: 200 }, 100)).toBe(10);
    expect(age({ at: 20_000, end: 300 }, 100)).toBe(20);
    expect(age({ at: 30_000, end: 300 }, 100)).toBe(30);
  });

  test('shrinks as the group catches up', () => {
    const age = lagClock();
    age({ at: 0, end: 0 }, 0);
    age({ at: 10_000, end: 100 }, 0);
    age({ at: 20_000, end: 200 }, 0);
    expect(age({ at: 30_000, end: 300 }, 150)).toBe(15);
    expect(age({ at: 30_000, end: 300 }, 300)).toBe(0);
  });

  test('counts what was there before the first look from that look on', () => {
    const age = lagClock();
    expect(age({ at: 5_000, end: 100 }, 20)).toBe(0);
    expect(age({ at: 15_000, end: 100 }, 20)).toBe(10);
  });

  test('for messages at a steady pace it is right to within a look, however long they wait', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 1, max: 400 }),
        (perSecond, looks, behindSeconds) => {
          const age = lagClock();
          let told = 0;
          for (let look = 0; look <= looks; look++) {
            const handled = Math.max(0, (look * 5 - behindSeconds) * perSecond);
            told = age({ at: look * 5_000, end: look * 5 * perSecond }, handled);
          }
          expect(Math.abs(told - Math.min(looks * 5, behindSeconds))).toBeLessThanOrEqual(5);
        },
      ),
      { numRuns: 50 },
    );
  });
});
