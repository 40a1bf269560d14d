import { RequestError } from './problem.js';

const VERSION = 's1';

/** What `next` of one page is and `cursor` of the following request takes: opaque to clients, so that it may change. */
export function cursorAfter(seq: number): string {
  return Buffer.from(`${VERSION}.${seq}`).toString('base64url');
}

/** @throws RequestError when we never handed out such a cursor */
export function seqOfCursor(cursor: string): number {
  const [version, digits = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('.', 2);
  const seq = Number(digits);
  if (version !== VERSION || !/^[0-9]{1,16}$/.test(digits) || !Number.isSafeInteger(seq)) {
    throw new RequestError(400, 'the cursor is not one of ours: use the next of a page as it is');
  }
  return seq;
}
