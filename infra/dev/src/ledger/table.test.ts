import { expect, test } from '@jest/globals';
import { percentile } from './percentile.js';
import { renderTable } from './table.js';

test('percentiles are values that occurred, by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_none, i) => 100 - i);
  expect([percentile(hundred, 0.5), percentile(hundred, 0.95), percentile([7], 0.95), percentile([], 0.5)]).toEqual([
    50,
    95,
    7,
    undefined,
  ]);
});

test('shows every figure, and counts lines that never arrived as unaccounted for', () => {
  const table = renderTable({
    ...{
      expected: 5,
      repeated: 0,
      arrived: 4,
      scored: 2,
      dropped: 1,
      deadLetters: [{ reason: 'not-json', step: '', detail: '', from: '' }],
    },
    flags: [
      { category: 'hoax', seenToFlagMs: 40 },
      { category: 'hate', seenToFlagMs: 1250 },
    ],
    ...{ campaigns: 2, notices: 1, delivered: 1, failed: 0, answered: 1, seenToDeliveredMs: [], unaccounted: [] },
  });
  const rows = Object.fromEntries(
    table
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) =>
        line
          .split('|')
          .slice(1, 3)
          .map((cell) => cell.trim()),
      ),
  ) as Record<string, string>;
  expect(rows).toMatchObject({
    'posts in': '5',
    'unaccounted for': '1',
    'dead letters': '1 (not-json 1)',
    hoax: '1',
    bullying: '0',
  });
  expect(rows['post seen to flag']).toBe('p50 40 ms, p95 1.3 s');
  expect(rows['post seen to notice delivered']).toBe('-');
});
