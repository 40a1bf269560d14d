import { describe, expect, it, test } from '@jest/globals';
import { aPost } from '@siaga/testkit';
import fc from 'fast-check';
import { comparison } from './comparison.js';
import { liveRecord } from './live-record.js';
import { progressOf } from './progress.js';
import { renderReport } from './render.js';

const none = { hoax: 0, hate: 0, bullying: 0 };

test('what the fleet said is found again, once, for any ids', () => {
  const id = fc.string({ minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.uniqueArray(id, { maxLength: 200 }), id, (ids, stranger) => {
      const record = liveRecord(ids.length);
      ids.forEach((known) => record.expect(known));
      ids.forEach((known, i) => {
        record.verdict(known, i % 3 === 0 ? 'dropped' : 'scored', { hoax: 0.5, hate: i / 256, bullying: 0 });
        record.verdict(known, 'scored', { hoax: 1, hate: 1, bullying: 1 });
        if (i % 2 === 0) record.flag(known, 'bullying');
      });
      record.flag(stranger, 'hoax');
      for (const [i, known] of ids.entries()) {
        expect(record.take(known)).toEqual({
          outcome: i % 3 === 0 ? 'dropped' : 'scored',
          scores: { hoax: 0.5, hate: i / 256, bullying: 0 },
          flagged: { hoax: known === stranger, hate: false, bullying: i % 2 === 0 },
        });
        expect(record.take(known)).toBeUndefined();
      }
      if (!ids.includes(stranger)) expect(record.take(stranger)).toBeUndefined();
    }),
  );
});

test('a post that its author took down counts as dropped', () => {
  const record = liveRecord(1);
  record.expect('demo:1');
  record.verdict('demo:1', 'scored', { hoax: 1, hate: 1, bullying: 1 });
  record.remove('demo:1');
  record.remove('demo:2');
  expect(record.take('demo:1')?.outcome).toBe('dropped');
  expect(record.take('demo:2')).toBeUndefined();
});

describe('the comparison', () => {
  const flagged = { hoax: false, hate: true, bullying: false };
  const compare = comparison({ hoax: 0.5, hate: 0.5, bullying: 0.5 });
  const live = { outcome: 'scored' as const, scores: { ...none, hate: 0.75 }, flagged };
  const at = Date.parse('2026-11-02T23:59:59.000Z');
  for (let i = 0; i < 30; i++) {
    compare.add(aPost({ id: `demo:${i}`, text: `teks \u202e\x1b[2J${i}` }), at, live, { ...none, hate: i / 100 });
  }
  compare.add(aPost(), at + 1_000, live, { ...none, hate: 0.9, bullying: 0.5 });
  const result = compare.result();

  it('counts by category and day, and keeps the ten largest moves', () => {
    expect(result.compared).toBe(31);
    expect(result.categories.hate).toMatchObject({ before: 31, after: 1, gained: 0, lost: 30 });
    expect(result.categories.bullying).toMatchObject({ before: 0, after: 1, gained: 1, lost: 0 });
    expect(result.days.map(({ day, hate }) => [day, hate])).toEqual([
      ['2026-11-02', { before: 30, after: 0 }],
      ['2026-11-03', { before: 1, after: 1 }],
    ]);
    expect(result.categories.hate.examples.lost.map(({ after }) => after)).toEqual(
      Array.from({ length: 10 }, (_none, i) => i / 100),
    );
    expect(result.categories.hate.stabilityIndex).toBeGreaterThan(0.25);
  });

  it('is shown without anything that steers a terminal', () => {
    const text = renderReport({
      ...result,
      window: { from: 'a', to: 'b', truncated: true },
      model: { name: 'm\x1b[31m', version: '1' },
      thresholds: { hoax: 0.5, hate: 0.5, bullying: 0.5 },
      liveModels: { 'siaga-text 1': 31 },
      posts: { read: 40, repeated: 2, unreadable: 3, dropped: 4, withoutVerdict: 0 },
      seconds: 1,
      postsPerSecond: 40,
    });
    expect(text).toContain('4 were dropped, 2 came again, 3 could not be read');
    expect(text).toMatch(/hate +31 +1 +\+0 +-30/);
    expect(text.split('\n').join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

test('progress tells what is left at the rate of its stage', () => {
  let now = 0;
  const line = progressOf(() => now);
  expect(line('posts', 0, 300)).toBe('0 of 300 posts');
  now = 2_000;
  expect(line('posts', 100, 300)).toBe('100 of 300 posts, 50/s, 4 s left');
});
