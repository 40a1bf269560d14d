import type { Category } from '@siaga/contracts';
import type { Queryable } from './database.js';
import { IN_DOUBT_SQL } from './delivery-parts.js';
import type { DeliveryState } from './delivery-states.js';
import { anyOf, listRows, type Bind, type ListDefinition, type ListPage, type Page } from './list-query.js';
import { listedBySql } from './notices.js';
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

/** The platform has done what it was asked, or refused: nothing runs any more. */
const SETTLED = ['actioned', 'rejected'];
const oneOf = (column: string, states: readonly string[]) => `coalesce(${column} = any('{${states.join()}}'), false)`;
const IS_SETTLED = oneOf('n.answer_state', SETTLED);
const NEEDS_ATTENTION = `(${oneOf('n.answer_state', BACK_TO_US)} or exists (
  select from deliveries where notice_id = n.notice_id and ${oneOf('state', STUCK)}))`;

export interface NoticeFilters {
  readonly platform?: readonly string[] | undefined;
  readonly category?: readonly string[] | undefined;
  readonly campaign?: readonly string[] | undefined;
  /** `open`, `settled`, `attention`, or the platform's word if it has answered, else the state of the latest delivery. */
  readonly state?: readonly string[] | undefined;
  /** Of when it was opened; the end is not part of it. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

export const noticeList: ListDefinition<NoticeFilters> = {
  from: 'notices n',
  key: { column: 'n.notice_id', type: 'uuid' },
  sorts: {
    dueAt: { column: 'n.due_at', type: 'time' },
    createdAt: { column: 'n.created_at', type: 'time' },
  },
  conditions: {
    platform: anyOf('n.platform'),
    category: anyOf('n.category'),
    campaign: anyOf('n.campaign_id', 'uuid'),
    state: (states, bind) => `(${states.map((state) => inState(state, bind)).join(' or ')})`,
    from: (from, bind) => `n.created_at >= ${bind(from)}::timestamptz`,
    to: (to, bind) => `n.created_at < ${bind(to)}::timestamptz`,
  },
};

/** Whether nothing runs any more for notices in that state: people read those backwards. */
export const isSettledState = (state: string): boolean => state === 'settled' || SETTLED.includes(state);

function inState(state: string, bind: Bind): string {
  if (state === 'open') return `not ${IS_SETTLED}`;
  if (state === 'settled') return IS_SETTLED;
  if (state === 'attention') {
    // Each half by an index of its own: what needs a person is little among all that ever did.
    return `n.notice_id = any(array(select notice_id from notices n where ${oneOf('n.answer_state', BACK_TO_US)}
      union select notice_id from deliveries where ${oneOf('state', STUCK)}))`;
  }
  const word = bind(state);
  // What is settled has been answered, so the first half is all that an index needs to know.
  return isSettledState(state)
    ? `${IS_SETTLED} and n.answer_state = ${word}`
    : `not ${IS_SETTLED} and coalesce(n.answer_state, (select state from deliveries
         where notice_id = n.notice_id and kind = 'notice' order by revision desc limit 1), 'scheduled') = ${word}`;
}

export function listNotices(db: Queryable, filters: NoticeFilters, page: Page): Promise<ListPage<ListedNotice>> {
  return listRows(db, noticeList, { filters, page, statement: (sql) => listed(sql.page, sql.place) });
}

export async function findListedNotice(db: Queryable, noticeId: string): Promise<ListedNotice | undefined> {
  const [row] = await db.query<ListedNotice>(listed('where n.notice_id = $1'), [noticeId]);
  return row;
}

const MOST_OF_A_CAMPAIGN = 100;

/** @returns the notices opened for the campaign, and those that list posts which have come to it since; by their deadlines */
export function noticesAbout(db: Queryable, campaignId: string): Promise<ListedNotice[]> {
  return db.query<ListedNotice>(
    listed(`where n.campaign_id = $1 or (n.campaign_id, n.platform) in (
              select reported_in, platform from flags where campaign_id = $1 and reported_in is not null)
            order by n.due_at, n.notice_id limit ${MOST_OF_A_CAMPAIGN}`),
    [campaignId],
  );
}

/** The page first, and what surrounds a notice for those shown alone. */
const listed = (page: string, place?: string) => `
  with p as materialized (select n.*${place === undefined ? '' : `, ${place}`}, (row_number() over ())::int as nth from (select * from notices n ${page}) n)
  select n.notice_id as "noticeId", n.campaign_id as "campaignId", n.platform, n.category, n.urgency,
         n.created_at as "createdAt", n.due_at as "dueAt", n.paused_at as "pausedAt",
         n.reviewed_by as "reviewedBy", d.state as "deliveryState", d.delivered_at as "deliveredAt",
         n.answer_state as "answerState", ${NEEDS_ATTENTION} as "needsAttention",
         (select count(*)::int from flags f
           where ${listedBySql('f', 'n')}) as posts${place === undefined ? '' : ', "sortKey", "sortTie"'}
    from p n left join lateral (
      select (array_agg(state order by revision desc))[1] as state, min(delivered_at) as delivered_at
        from deliveries where notice_id = n.notice_id and kind = 'notice'
    ) d on true order by nth`;

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
