import type { NoticePosition } from '@siaga/storage';
import { RequestError } from './problem.js';

const VERSION = 'n1';
const POSITION = /^n1\.(\d{1,17})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Where a page of notices ends: opaque to clients, so that it may change. */
export function noticeCursor({ dueMicros, noticeId }: NoticePosition): string {
  return Buffer.from([VERSION, dueMicros, noticeId].join('.')).toString('base64url');
}

/** @throws RequestError when we never handed out such a cursor */
export function positionOfCursor(cursor: string): NoticePosition {
  const [, dueMicros, noticeId] = POSITION.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (dueMicros === undefined || noticeId === undefined) {
    throw new RequestError(400, 'the cursor is not one of ours: use the next of a page as it is');
  }
  return { dueMicros, noticeId };
}
