import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextDigestAt } from './digest-time.js';

const at = (time: string) => new Date(`2026-11-${time}Z`);

describe('when a digest is due', () => {
  it.each([
    // 06:59 in Jakarta, then 07:00 and 07:01.
    [7, '26T23:59:00', '27T00:00:00'],
    [7, '27T00:00:00', '28T00:00:00'],
    [7, '27T00:01:00', '28T00:00:00'],
    [0, '27T10:00:00', '27T17:00:00'],
    [23, '27T15:30:00', '27T16:00:00'],
    [null, '27T15:30:00', '27T16:00:00'],
    [null, '27T16:00:00', '27T17:00:00'],
  ])('is hour %p of Jakarta after %s UTC: %s', (hour, now, due) => {
    expect(nextDigestAt(hour, at(now))).toEqual(at(due));
  });

  it('is within a day, never now, and at the hour that a clock in Jakarta shows', () => {
    const clock = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Jakarta', hour: 'numeric', hourCycle: 'h23' });
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 23 }), (now, hour) => {
        const due = nextDigestAt(hour, now);
        const ahead = due.getTime() - now.getTime();
        expect(ahead > 0 && ahead <= 86_400_000).toBe(true);
        expect(Number(clock.format(due))).toBe(hour);
      }),
    );
  });
});
