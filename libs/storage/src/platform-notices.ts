import type { Category } from '@siaga/contracts';
import type { Queryable } from './database.js';

/** A notice as the platform that it went to may see it: nothing in it says how the desk came to it, or who works there. */
export interface PlatformNotice {
  readonly noticeId: string;
  readonly category: Category;
  readonly urgency: string;
  readonly dueAt: Date;
  /** Since when its clock stands, for the platform waits for information. */
  readonly pausedAt: Date | null;
  /** When the platform first had it. */
  readonly deliveredAt: Date;
  readonly answerState: string | null;
  /** The latest revision that was delivered, as it was sent: JSON. */
  readonly payload: string;
}

/** A message about a notice, after it: a reminder, or information that the platform asked for. */
export interface PlatformMessage {
  readonly kind: string;
  readonly deliveredAt: Date;
  readonly payload: string;
}

/** Only what has been delivered: a notice that waits, or that the kill switch holds, is nobody's yet. */
const SELECT = `
  select n.notice_id as "noticeId", n.category, n.urgency, n.due_at as "dueAt", n.paused_at as "pausedAt",
         d.delivered_at as "deliveredAt", n.answer_state as "answerState", d.payload
    from notices n join lateral (
      select min(delivered_at) as delivered_at, (array_agg(payload order by revision desc))[1] as payload
        from deliveries where notice_id = n.notice_id and kind = 'notice' and state = 'delivered' and payload is not null
    ) d on d.payload is not null
   where n.platform = $1`;

/** The platform has done what it was asked, or refused: nothing runs any more. */
const IS_SETTLED = `coalesce(n.answer_state in ('actioned', 'rejected'), false)`;

/**
 * @param page.settled those that nothing runs of any more, the latest deadline first; else the open ones, most urgent first
 * @param page.after the last notice of the page before
 */
export function listPlatformNotices(
  db: Queryable,
  platform: string,
  page: { readonly settled: boolean; readonly after?: string | undefined; readonly limit: number },
): Promise<PlatformNotice[]> {
  const [beyond, order] = page.settled ? ['<', 'desc'] : ['>', 'asc'];
  return db.query<PlatformNotice>(
    `${SELECT} and ${page.settled ? '' : 'not'} ${IS_SETTLED}
        and ($2::uuid is null or (n.due_at, n.notice_id) ${beyond}
             (select due_at, notice_id from notices where notice_id = $2 and platform = $1))
      order by n.due_at ${order}, n.notice_id ${order} limit $3`,
    [platform, page.after ?? null, page.limit],
  );
}

/** @returns undefined also for a notice to another platform */
export async function findPlatformNotice(
  db: Queryable,
  platform: string,
  noticeId: string,
): Promise<PlatformNotice | undefined> {
  const [row] = await db.query<PlatformNotice>(`${SELECT} and n.notice_id = $2`, [platform, noticeId]);
  return row;
}

/** The messages about a notice that were delivered, in their order. */
export function platformMessages(db: Queryable, noticeId: string): Promise<PlatformMessage[]> {
  return db.query<PlatformMessage>(
    `select kind, delivered_at as "deliveredAt", payload from deliveries
      where notice_id = $1 and kind <> 'notice' and state = 'delivered' and payload is not null
      order by delivered_at`,
    [noticeId],
  );
}
