import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cursorAfter, positionOf } from './cursor.js';

const seq = { sortType: null, keyType: 'bigint' } as const;
const time = { sortType: 'time', keyType: 'uuid' } as const;
const ID = '0b5e0d52-6f2c-4b53-9d55-5f4ed1cbf2f5';
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor', () => {
  it('gives back where the page ended', () => {
    for (const key of ['0', '1', '123456789012345678']) {
      expect(positionOf(cursorAfter('-recordedAt', { value: null, key }), '-recordedAt', seq)).toEqual({
        value: null,
        key,
      });
    }
    const position = { value: 1_795_528_800_123_456, key: ID };
    expect(positionOf(cursorAfter('createdAt', position), 'createdAt', time)).toEqual(position);
  });

  it('keeps every score to the last digit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (score) => {
        const cursor = cursorAfter('score', { value: score, key: '5' });
        expect(positionOf(cursor, 'score', { sortType: 'number', keyType: 'bigint' }).value).toBe(score + 0);
      }),
    );
  });

  it('is refused in another order than its own', () => {
    const cursor = cursorAfter('score', { value: 0.5, key: '5' });
    expect(() => positionOf(cursor, '-score', { sortType: 'number', keyType: 'bigint' })).toThrow('another order');
    expect(() => positionOf(cursorAfter('-recordedAt', { value: 1, key: '5' }), '-recordedAt', seq)).toThrow('order');
  });

  it.each([
    '',
    'AAAA',
    encode({}),
    encode([2, '-recordedAt', null, '1.5']),
    encode([2, '-recordedAt', null, 5]),
    encode([2, '-recordedAt', null, '9'.repeat(19)]),
    encode([1, '-recordedAt', null, '5']),
  ])('of another make is refused: %s', (cursor) => {
    expect(() => positionOf(cursor, '-recordedAt', seq)).toThrow('is not one of ours');
  });

  it('never lets a time through that the database cannot reckon with', () => {
    for (const value of [1e300, -9e15, null, '0']) {
      expect(() => positionOf(encode([2, 'createdAt', value, ID]), 'createdAt', time)).toThrow();
    }
  });
});
