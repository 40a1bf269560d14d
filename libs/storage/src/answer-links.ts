import type { Queryable } from './database.js';

export interface AnswerLink {
  readonly noticeId: string;
  readonly expired: boolean;
  readonly usedAt: Date | null;
  /** What was answered with it, null until it is used. */
  readonly answerState: string | null;
  /** The same of the link that this one follows. */
  readonly followsUsedAt: Date | null;
  readonly followsState: string | null;
}

/** @param link.tokenSha256 of the link's secret, which is never stored */
export async function addAnswerLink(
  tx: Queryable,
  link: { tokenSha256: Buffer; noticeId: string; days: number; follows?: Buffer | undefined },
): Promise<void> {
  await tx.query(
    `insert into answer_links (token_sha256, notice_id, expires_at, follows)
     values ($1, $2, now() + make_interval(days => $3), $4)`,
    [link.tokenSha256, link.noticeId, link.days, link.follows ?? null],
  );
}

export async function findAnswerLink(db: Queryable, tokenSha256: Buffer): Promise<AnswerLink | undefined> {
  const [row] = await db.query<AnswerLink>(
    `select l.notice_id as "noticeId", l.expires_at <= now() as expired, l.used_at as "usedAt",
            l.answer_state as "answerState", f.used_at as "followsUsedAt", f.answer_state as "followsState"
       from answer_links l left join answer_links f on f.token_sha256 = l.follows
      where l.token_sha256 = $1`,
    [tokenSha256],
  );
  return row;
}

/**
 * Uses a link up, for whoever comes first.
 *
 * @returns the notice, undefined when the link does not exist, was used or has expired
 */
export async function useAnswerLink(tx: Queryable, tokenSha256: Buffer, state: string): Promise<string | undefined> {
  const [row] = await tx.query<{ noticeId: string }>(
    `update answer_links set used_at = now(), answer_state = $2
      where token_sha256 = $1 and used_at is null and expires_at > now() returning notice_id as "noticeId"`,
    [tokenSha256, state],
  );
  return row?.noticeId;
}

/** @returns the notice as the platform has it or is about to, undefined while nothing was made of it */
export async function latestPayload(db: Queryable, noticeId: string): Promise<string | undefined> {
  const [row] = await db.query<{ payload: string }>(
    `select payload from deliveries where notice_id = $1 and kind = 'notice' and payload is not null
      order by revision desc limit 1`,
    [noticeId],
  );
  return row?.payload;
}
