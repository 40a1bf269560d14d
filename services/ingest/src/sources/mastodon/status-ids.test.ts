import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { earlier, idAt, isLater } from './status-ids.js';

const MOMENT = Date.parse('2026-11-24T17:00:00Z');
/** Of the kinds of Mastodon, GoToSocial and Pleroma; the ULID's time is the one that its specification works out. */
const LIKE = { snowflake: '116000000000000000', ulid: '01ARYZ6S41TSV4RRFFQ69G5FAV', flake: 'AXWfRbUvCqSzZ9bWyW' };
const kinds = fc.constantFrom(...Object.values(LIKE));
const times = fc.integer({ min: Date.parse('2017-01-01'), max: Date.parse('2040-01-01') });

describe('ids of statuses', () => {
  it('are known by their kind', () => {
    expect(idAt(MOMENT, LIKE.snowflake)).toBe(String(BigInt(MOMENT) * 65_536n));
    expect(idAt(1_469_918_176_385, LIKE.ulid)).toBe('01ARYZ6S410000000000000000');
    expect(idAt(MOMENT, LIKE.flake)).toMatch(/^[A-Za-z0-9]{18}$/);
    expect(idAt(MOMENT, '42')).toBeUndefined();
  });

  it('grow with time, as the server would sort them', () => {
    fc.assert(
      fc.property(kinds, times, fc.integer({ min: 1, max: 1e10 }), (like, time, span) => {
        const [id, next] = [idAt(time, like), idAt(time + span, like)] as [string, string];
        expect([isLater(next, id), isLater(id, next), isLater(id, id)]).toEqual([true, false, false]);
        if (id.length === next.length) expect(next > id).toBe(true);
        expect(earlier(next, span)).toBe(id);
      }),
    );
    expect(isLater('AXWfRbUvCqSzZ9bWya', 'AXWfRbUvCqSzZ9bWyZ')).toBe(true);
    expect(isLater('9zzzzzzzzzzzzzzzzz', 'A00000000000000000')).toBe(false);
    expect(isLater('100', '99')).toBe(true);
  });

  it('stay what they are where they do not tell their time', () => {
    expect(earlier('42', 1_000)).toBe('42');
  });
});
