import type { Category } from '@siaga/contracts';
import type { Queryable } from './database.js';
import { IN_DOUBT_SQL } from './delivery-parts.js';
import type { DeliveryState } from './delivery-states.js';
import { BACK_TO_US, STUCK } from './notice-states.js';

/** A notice as people read it in a list. */
export interface ListedNotice {
  readonly noticeId: string;
  readonly campaignId: string;
  readonly platform: string;
  readonly category: Category;
  readonly urgency: string;
  readonly createdAt: Date;
  readonly dueAt: Date;
  /** `dueAt` in microseconds since 1970, as the table has it: a Date knows milliseconds only. */
  readonly dueMicros: string;
  /** Since when the platform waits for information from us. */
  readonly pausedAt: Date | null;
  readonly reviewedBy: string | null;
  /** Of the latest revision. */
  readonly deliveryState: string | null;
  readonly deliveredAt: Date | null;
  readonly answerState: string | null;
  /** A person has to see to it: it was sent back, or a delivery, of a message about it too, goes no further by itself. */
  readonly needsAttention: boolean;
  /** How many posts it lists. */
  readonly posts: number;
}

/** Where a page of notices ends. */
export type NoticePosition = Pick<ListedNotice, 'dueMicros' | 'noticeId'>;

/** The platform has done what it was asked, or refused: nothing runs any more. */
const SETTLED = ['actioned', 'rejected'];
const oneOf = (column: string, states: readonly string[]) => `coalesce(${column} = any('{${states.join()}}'), false)`;
const IS_SETTLED = oneOf('n.answer_state', SETTLED);
const NEEDS_ATTENTION = `(${oneOf('n.answer_state', BACK_TO_US)} or exists (
  select from deliveries where notice_id = n.notice_id and ${oneOf('state', STUCK)}))`;

export interface NoticeFilters {
  readonly platform?: string | undefined;
  readonly category?: Category | undefined;
  readonly state: string;
}

/**
 * The notices that are `open` or need `attention`, most urgent first, or that are `settled`, latest deadline first, or in one
 * state: the platform's word if it has answered, else that of the delivery.
 */
export function listNotices(
  db: Queryable,
  { platform, category, state }: NoticeFilters,
  page: { readonly limit: number; readonly after?: NoticePosition },
): Promise<ListedNotice[]> {
  const isSettled = state === 'settled' || SETTLED.includes(state);
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const conditions = [isSettled ? IS_SETTLED : `not ${IS_SETTLED}`];
  const order = isSettled ? 'desc' : 'asc';
  if (state === 'attention') conditions[0] = NEEDS_ATTENTION;
  else if (state !== 'open' && state !== 'settled') {
    conditions.push(`coalesce(n.answer_state, d.state, 'scheduled') = ${value(state)}`);
  }
  if (category !== undefined) conditions.push(`n.category = ${value(category)}`);
  if (platform !== undefined) conditions.push(`n.platform = ${value(platform)}`);
  if (page.after) {
    const [due, id] = [value(page.after.dueMicros), value(page.after.noticeId)];
    conditions.push(
      `(n.due_at, n.notice_id) ${isSettled ? '<' : '>'} ('epoch'::timestamptz + ${due}::bigint * interval '1 microsecond', ${id}::uuid)`,
    );
  }
  return db.query<ListedNotice>(
    `${LISTED} where ${conditions.join(' and ')}
      order by n.due_at ${order}, n.notice_id ${order} limit ${value(page.limit)}`,
    values,
  );
}

export async function findListedNotice(db: Queryable, noticeId: string): Promise<ListedNotice | undefined> {
  const [row] = await db.query<ListedNotice>(`${LISTED} where n.notice_id = $1`, [noticeId]);
  return row;
}

const LISTED = `
  select n.notice_id as "noticeId", n.campaign_id as "campaignId", n.platform, n.category, n.urgency,
         n.created_at as "createdAt", n.due_at as "dueAt", (extract(epoch from n.due_at) * 1000000)::bigint::text as "dueMicros", n.paused_at as "pausedAt",
         n.reviewed_by as "reviewedBy", d.state as "deliveryState", d.delivered_at as "deliveredAt",
         n.answer_state as "answerState", ${NEEDS_ATTENTION} as "needsAttention",
         (select count(*)::int from flags f
           where f.campaign_id = n.campaign_id and f.platform = n.platform and f.reported) as posts
    from notices n left join lateral (
      select (array_agg(state order by revision desc))[1] as state, min(delivered_at) as delivered_at
        from deliveries where notice_id = n.notice_id and kind = 'notice'
    ) d on true`;

/** One attempt after the other to bring one revision, or a message about the notice, through one channel. */
export interface ListedDelivery {
  readonly deliveryId: string;
  readonly revision: number;
  readonly channel: string;
  /** `notice`, or the kind of message about it. */
  readonly kind: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: Date;
  /** Of those that wait. */
  readonly nextAttemptAt: Date;
  readonly deliveredAt: Date | null;
  readonly lastError: string | null;
  /** The posts of which nobody knows whether they were reported; empty where the whole delivery is in doubt. */
  readonly inDoubt: readonly string[];
  /** What was sent or is to be, once it is frozen. */
  readonly payload: string | null;
}

export async function findDelivery(
  db: Queryable,
  deliveryId: string,
): Promise<Pick<ListedDelivery, 'state'> | undefined> {
  const [row] = await db.query<Pick<ListedDelivery, 'state'>>('select state from deliveries where delivery_id = $1', [
    deliveryId,
  ]);
  return row;
}

export function deliveriesOf(db: Queryable, noticeId: string): Promise<ListedDelivery[]> {
  return db.query<ListedDelivery>(
    `select delivery_id as "deliveryId", revision, channel, kind, state, attempts, created_at as "createdAt",
            next_attempt_at as "nextAttemptAt", delivered_at as "deliveredAt", last_error as "lastError", payload,
            ${IN_DOUBT_SQL} as "inDoubt"
       from deliveries d where notice_id = $1 order by created_at, revision, channel`,
    [noticeId],
  );
}
