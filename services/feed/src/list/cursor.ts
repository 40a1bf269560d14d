import type { Position, SortType } from '@siaga/storage';
import { FieldError } from '../problem.js';

const VERSION = 2;
/** What a list's own key looks like: nothing else may reach the database. */
export const KEY_PATTERNS = {
  bigint: /^[0-9]{1,18}$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  // PostgreSQL's text cannot hold U+0000.
  // eslint-disable-next-line no-control-regex
  text: /^[^\u0000]{1,512}$/u,
} as const;

/** The year 2223: further on, PostgreSQL's arithmetic of times ends sooner than JavaScript's numbers do. */
const LAST_MICROSECOND = 8e15;

/** What `next` of one page is and `cursor` of the following request takes: opaque to clients, so that it may change. */
export function cursorAfter(sort: string, { value, key }: Position): string {
  return Buffer.from(JSON.stringify([VERSION, sort, value, key])).toString('base64url');
}

/**
 * @param sort as the request asks for it
 * @throws FieldError when we never handed out such a cursor, or for another order
 */
export function positionOf(
  cursor: string,
  sort: string,
  { sortType, keyType }: { sortType: SortType | null; keyType: keyof typeof KEY_PATTERNS },
): Position {
  const [version, sortedBy, value, key] = parts(cursor);
  const valueFits =
    sortType === null
      ? value === null
      : Number.isFinite(value) && (sortType === 'number' || Math.abs(value as number) < LAST_MICROSECOND);
  if (version !== VERSION || typeof key !== 'string' || !KEY_PATTERNS[keyType].test(key)) {
    throw new FieldError('cursor', 'is not one of ours: use the next of a page as it is');
  }
  if (sortedBy !== sort || !valueFits) {
    throw new FieldError('cursor', 'belongs to a list in another order: ask with the same sort as for the page before');
  }
  return { value: value as number | null, key };
}

function parts(cursor: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
