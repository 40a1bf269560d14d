import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cursorAfter, seqOfCursor } from './cursor.js';
import { RequestError } from './problem.js';

describe('cursor', () => {
  it('comes back as it went out', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (seq) => seqOfCursor(cursorAfter(seq)) === seq));
  });

  it('is refused when it is not one of ours', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => seqOfCursor(text)).toThrow(RequestError);
      }),
    );
    expect(() => seqOfCursor(Buffer.from('s1.99999999999999999').toString('base64url'))).toThrow(RequestError);
    expect(() => seqOfCursor(Buffer.from('s1.-1').toString('base64url'))).toThrow(RequestError);
  });
});
