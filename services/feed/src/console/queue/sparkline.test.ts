import { describe, expect, it } from '@jest/globals';
import { barsOf } from './sparkline.js';

const hour = (at: number) => `2026-11-01T${String(at).padStart(2, '0')}:00:00.000Z`;
const until = Date.parse(hour(5)) + 60_000;

describe('the bars of a timeline', () => {
  it('are one an hour from the first copy until now, those of all platforms together', () => {
    const timeline = [
      { at: hour(5), posts: 1 },
      { at: hour(2), posts: 3 },
      { at: hour(2), posts: 4 },
    ];
    expect(barsOf(timeline, until)).toEqual([7, 0, 0, 1]);
  });

  it('hold every copy, however long it took', () => {
    const bars = barsOf(
      [
        { at: hour(0), posts: 2 },
        { at: '2026-12-24T07:00:00.000Z', posts: 5 },
      ],
      until,
    );
    expect(bars).toHaveLength(24);
    expect([bars[0], bars.at(-1)]).toEqual([2, 5]);
  });

  it('are none without copies', () => {
    expect(barsOf([], until)).toEqual([]);
  });
});
