import { describe, expect, it } from '@jest/globals';
import { isUsableZone, monthAt, monthOf } from './month.js';

describe('a month', () => {
  it.each([
    ['2026-10', 'Asia/Jakarta', '2026-09-30T17:00:00.000Z', '2026-10-31T17:00:00.000Z'],
    ['2026-12', 'Asia/Jayapura', '2026-11-30T15:00:00.000Z', '2026-12-31T15:00:00.000Z'],
    ['2026-01', 'UTC', '2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
    // Its clocks change on the 29th of March and on the 25th of October.
    ['2026-03', 'Europe/Berlin', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    ['2026-10', 'Europe/Berlin', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
    ['2026-11', 'America/New_York', '2026-11-01T04:00:00.000Z', '2026-12-01T05:00:00.000Z'],
  ])('%s in %s', (name, zone, from, to) => {
    expect(monthOf(name, zone)).toEqual({ name, from: new Date(from), to: new Date(to) });
  });

  it.each(['2026-13', '2026-00', '2026-1', '1999-01', '26-01', '2026-10-01', ''])('is not %j', (name) => {
    expect(monthOf(name, 'Asia/Jakarta')).toBeUndefined();
  });

  it('is the one on the wall of the zone, or one so many before', () => {
    const at = new Date('2025-12-31T17:30:00Z');
    expect([monthAt(at, 'UTC'), monthAt(at, 'Asia/Jakarta'), monthAt(at, 'Asia/Jakarta', -1)]).toEqual([
      '2025-12',
      '2026-01',
      '2025-12',
    ]);
  });

  it('begins on an hour, or cannot be counted by hours', () => {
    expect(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura', 'UTC', 'Europe/Berlin'].every(isUsableZone)).toBe(true);
    expect(['Asia/Kolkata', 'Asia/Kathmandu', 'Negeri/Dongeng', ''].some(isUsableZone)).toBe(false);
  });
});
