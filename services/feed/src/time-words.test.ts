import { describe, expect, it } from '@jest/globals';
import { countdownTo, spanWords } from './time-words.js';

const units = { day: 'd', hour: 'h', minute: 'min', second: 's' };
const [MINUTE, HOUR] = [60_000, 3_600_000];

describe('spanWords', () => {
  it.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [MINUTE, '1 min'],
    [HOUR - 1, '59 min'],
    [HOUR, '1 h'],
    [3 * HOUR + 12 * MINUTE, '3 h 12 min'],
    [24 * HOUR, '1 d'],
    [51 * HOUR, '2 d 3 h'],
  ])('%d ms is %s', (ms, words) => {
    expect(spanWords(ms, units)).toBe(words);
  });
});

describe('countdownTo', () => {
  const now = Date.parse('2026-11-01T00:00:00.000Z');
  it.each([
    ['2026-11-01T04:00:00.000Z', 'ahead', 4 * HOUR],
    ['2026-11-01T00:59:00.000Z', 'soon', 59 * MINUTE],
    ['2026-10-31T22:00:00.000Z', 'overdue', 2 * HOUR],
  ])('%s is %s', (dueAt, state, ms) => {
    expect(countdownTo(dueAt, now)).toEqual({ state, ms });
  });
});
