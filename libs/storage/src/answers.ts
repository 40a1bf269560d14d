import { createHash } from 'node:crypto';
import type { Queryable } from './database.js';
import { appendEvidence } from './evidence.js';

/** States that Siaga acts on; a platform's program may use others, which are kept as they are. */
export const ANSWER_STATES = ['received', 'under_review', 'actioned', 'rejected', 'needs_info', 'disputed'] as const;
export type AnswerState = (typeof ANSWER_STATES)[number];

export const isAnswerState = (state: string): state is AnswerState =>
  (ANSWER_STATES as readonly string[]).includes(state);

/** Longest reason, and longest number of a case, in characters. */
export const ANSWER_REASON_MAX = 4_000;
export const ANSWER_REFERENCE_MAX = 200;

/** A platform's word on a notice. */
export interface PlatformAnswer {
  readonly state: string;
  readonly reason?: string;
  /** The platform's own number for the case. */
  readonly reference?: string;
}

interface AnswerFrom {
  /** The same for repeats, which change nothing. */
  readonly answerId: string;
  readonly noticeId: string;
  /** The account that gave it; not given where a program or the holder of a link did. */
  readonly by?: string | undefined;
}

/**
 * Records an answer, however it came, with its evidence, in the transaction given. Call it last: it appends to the log.
 *
 * @returns false when the answer was known already
 */
export async function takeAnswer(
  tx: Queryable,
  { answer, answerId, noticeId, by }: AnswerFrom & { readonly answer: PlatformAnswer },
): Promise<boolean> {
  const { state, reason } = answer;
  // What else came with the answer does not say who gave it.
  if (!(await recordAnswer(tx, { ...answer, answerId, noticeId, by }))) return false;
  // The platform's words may quote the post.
  const reasonSha256 = reason === undefined ? null : createHash('sha256').update(reason).digest('hex');
  const body = { answerId, state, reasonSha256, ...(by !== undefined && { by }) };
  await appendEvidence(tx, [{ event: 'answer-received', subject: noticeId, body }]);
  return true;
}

/** Answers may overtake each other: that the notice has arrived is no news once the platform has judged it. */
const LATEST = `case when $2 = 'received' and answer_state in ('under_review', 'actioned', 'rejected', 'disputed')
    then answer_state else $2 end`;

/** A platform that needs information from us waits, and its deadline with it, until it says anything else. */
const PAUSED = `
  paused_at = case when $2 = 'needs_info' then coalesce(paused_at, clock.now) end,
  due_at = case when $2 = 'needs_info' then due_at else due_at + coalesce(clock.now - paused_at, '0') end,
  paused = case when $2 = 'needs_info' then paused else paused + coalesce(clock.now - paused_at, '0') end`;

/**
 * Records a platform's answer once, whatever its number of repeats, without its evidence.
 *
 * @param now of the database when not given
 * @returns false when this answer was known already
 */
export async function recordAnswer(tx: Queryable, answer: AnswerFrom & PlatformAnswer, now?: Date): Promise<boolean> {
  const { answerId, noticeId, state, reason, reference, by } = answer;
  const recorded = await tx.query(
    `insert into answers (answer_id, notice_id, state, reason, reference, answered_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (answer_id) do nothing returning answer_id`,
    [answerId, noticeId, state, reason ?? null, reference ?? null, by ?? null],
  );
  if (recorded.length === 0) return false;
  await tx.query(
    `update notices set answer_state = ${LATEST}, ${PAUSED} from (select coalesce($3::timestamptz, now()) as now) clock
      where notice_id = $1`,
    [noticeId, state, now ?? null],
  );
  return true;
}

export interface ListedAnswer {
  readonly answerId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly reference: string | null;
  readonly answeredBy: string | null;
  readonly receivedAt: Date;
}

export function answersOf(db: Queryable, noticeId: string): Promise<ListedAnswer[]> {
  return db.query<ListedAnswer>(
    `select answer_id as "answerId", state, reason, reference, answered_by as "answeredBy", received_at as "receivedAt"
       from answers where notice_id = $1 order by received_at, answer_id`,
    [noticeId],
  );
}
