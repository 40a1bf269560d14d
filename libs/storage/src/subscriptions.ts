import { randomUUID } from 'node:crypto';
import { logAccount, type Account } from './accounts.js';
import type { Database, Queryable } from './database.js';
import { appendEvidence } from './evidence.js';
import { latestChange } from './flag-changes.js';

/** Where what a query finds is sent: to a program, or into a mailbox every hour or once a day. */
export type SubscriptionWay =
  | { readonly kind: 'webhook'; readonly url: string }
  /** Hours of the day in Jakarta; every hour where it is null. */
  | { readonly kind: 'digest'; readonly recipient: string; readonly atHour: number | null };

export interface Subscription {
  readonly subscriptionId: string;
  readonly queryId: string;
  readonly queryName: string;
  readonly kind: 'webhook' | 'digest';
  readonly url: string | null;
  readonly recipient: string | null;
  readonly atHour: number | null;
  readonly state: 'active' | 'paused' | 'ended';
  readonly endedWhy: string | null;
  readonly dueAt: Date;
  /** Tries in a row that did not arrive, and since when. */
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly lastError: string | null;
  readonly sentAt: Date | null;
  readonly sentFlags: number;
  readonly createdAt: Date;
}

/** One that a worker holds until its lease runs out. */
export interface ClaimedSubscription extends Subscription {
  readonly query: object;
  readonly afterSeq: number;
  /** Where the message ends that was begun and has not arrived yet, null of a new one. */
  readonly begunTo: number | null;
  readonly fence: number;
}

const MOST_PER_ACCOUNT = 100;

const COLUMNS = `s.subscription_id as "subscriptionId", s.query_id as "queryId", q.name as "queryName", s.kind, s.url, s.recipient,
  s.at_hour as "atHour", s.state, s.ended_why as "endedWhy", s.due_at as "dueAt", s.failures,
  s.failing_since as "failingSince", s.last_error as "lastError", s.sent_at as "sentAt",
  s.sent_flags::double precision as "sentFlags", s.created_at as "createdAt"`;
const FROM = 'from subscriptions s join saved_queries q using (query_id)';

/**
 * Tells of what happens from now on.
 *
 * @returns its id, undefined when the account has as many as it may have
 */
export function addSubscription(
  db: Database,
  account: Account,
  { queryId, way, dueAt }: { readonly queryId: string; readonly way: SubscriptionWay; readonly dueAt: Date },
): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    // Two at once would both find room for one more.
    await tx.query('select from accounts where account_id = $1 for update', [account.accountId]);
    const subscriptionId = randomUUID();
    const webhook = way.kind === 'webhook';
    const added = await tx.query(
      `insert into subscriptions (subscription_id, query_id, account_id, kind, url, recipient, at_hour, after_seq, due_at)
       select $1, $2, $3, $4, $5, $6, $7, $8::bigint, $9
        where (select count(*) from subscriptions where account_id = $3) < ${MOST_PER_ACCOUNT} returning 1`,
      [
        ...[subscriptionId, queryId, account.accountId, way.kind, webhook ? way.url : null],
        ...[webhook ? null : way.recipient, webhook ? null : way.atHour, await latestChange(tx), dueAt],
      ],
    );
    if (added.length === 0) return undefined;
    await logAccount(tx, 'subscription-added', account, { subscriptionId, queryId, kind: way.kind });
    return subscriptionId;
  });
}

export function listSubscriptions(db: Queryable, { accountId }: Account): Promise<Subscription[]> {
  return db.query<Subscription>(
    `select ${COLUMNS} ${FROM} where s.account_id = $1 order by s.created_at desc, s.subscription_id`,
    [accountId],
  );
}

export async function findSubscription(
  db: Queryable,
  { accountId }: Account,
  subscriptionId: string,
): Promise<Subscription | undefined> {
  const [found] = await db.query<Subscription>(
    `select ${COLUMNS} ${FROM} where s.account_id = $1 and s.subscription_id = $2`,
    [accountId, subscriptionId],
  );
  return found;
}

/** @returns whether any program is told of the query's flags as they are recorded */
export async function followingOf(db: Queryable, queryId: string): Promise<boolean> {
  const rows = await db.query(`select 1 from subscriptions where query_id = $1 and kind = 'webhook' limit 1`, [
    queryId,
  ]);
  return rows.length > 0;
}

/** Stops it for a while, or lets it go on, also after it has ended: then with what has happened meanwhile. */
export async function pauseSubscription(
  db: Queryable,
  { subscriptionId }: Pick<Subscription, 'subscriptionId'>,
  active: boolean,
): Promise<void> {
  await db.query(
    `update subscriptions set state = $2, ended_why = null, failures = 0, failing_since = null, last_error = null,
            due_at = case when kind = 'webhook' then now() else due_at end
      where subscription_id = $1`,
    [subscriptionId, active ? 'active' : 'paused'],
  );
}

export async function deleteSubscription(
  db: Queryable,
  { subscriptionId }: Pick<Subscription, 'subscriptionId'>,
): Promise<void> {
  await db.query('delete from subscriptions where subscription_id = $1', [subscriptionId]);
}

/** By the person who is sent it. @returns false when it had ended before */
export function endSubscription(db: Database, subscriptionId: string, why: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const ended = await tx.query(
      `update subscriptions set state = 'ended', ended_why = $2, begun_to = null
        where subscription_id = $1 and state <> 'ended' returning 1`,
      [subscriptionId, why],
    );
    if (ended.length > 0) await logEnd(tx, subscriptionId, why);
    return ended.length > 0;
  });
}

const logEnd = (tx: Queryable, subscriptionId: string, why: string) =>
  appendEvidence(tx, [{ event: 'subscription-ended', subject: `subscription:${subscriptionId}`, body: { why } }]);

/**
 * Takes the one that has waited longest and that something may be sent to. Of accounts that are disabled and of queries that
 * are shared no longer, nothing is sent.
 *
 * @returns undefined when there is none
 */
export async function claimSubscription(db: Queryable, leaseMs: number): Promise<ClaimedSubscription | undefined> {
  const [claimed] = await db.query<ClaimedSubscription>(
    `update subscriptions s set leased_until = now() + $1 * interval '1 millisecond', fence = fence + 1
       from saved_queries q
      where q.query_id = s.query_id and s.subscription_id = (
        select d.subscription_id from subscriptions d
          join saved_queries dq using (query_id) join accounts a on a.account_id = d.account_id
         where d.state = 'active' and d.due_at <= now() and (d.leased_until is null or d.leased_until < now())
           and a.disabled_at is null and a.role <> 'platform' and (dq.shared or dq.account_id = d.account_id)
           and (d.kind = 'digest' or d.begun_to is not null
             or d.after_seq < (select greatest((select max(seq) from flags), (select max(removed_seq) from flags), 0)))
         order by d.due_at limit 1 for update of d skip locked)
      returning ${COLUMNS}, q.query, s.after_seq::double precision as "afterSeq",
                s.begun_to::double precision as "begunTo", s.fence::double precision as fence`,
    [leaseMs],
  );
  return claimed;
}

/** @returns false when somebody else has it by now */
export async function beginMessage(db: Queryable, claimed: ClaimedSubscription, to: number): Promise<boolean> {
  const rows = await db.query(
    'update subscriptions set begun_to = $3 where subscription_id = $1 and fence = $2 returning 1',
    [claimed.subscriptionId, claimed.fence, to],
  );
  return rows.length > 0;
}

/** All up to there has arrived, or there was nothing to send. @returns false when somebody else has it by now */
export async function messageArrived(
  db: Queryable,
  { subscriptionId, fence }: ClaimedSubscription,
  { upTo, flags, dueAt }: { readonly upTo: number; readonly flags: number | null; readonly dueAt: Date },
): Promise<boolean> {
  const rows = await db.query(
    `update subscriptions set after_seq = $3, begun_to = null, leased_until = null, due_at = $4, failures = 0,
            failing_since = null, last_error = null, sent_flags = sent_flags + coalesce($5::bigint, 0),
            sent_at = case when $5::bigint is null then sent_at else now() end
      where subscription_id = $1 and fence = $2 returning 1`,
    [subscriptionId, fence, upTo, dueAt, flags],
  );
  return rows.length > 0;
}

/** It has not arrived, or nobody knows: it is sent again, unless it ends for that. */
export function messageFailed(
  db: Database,
  { subscriptionId, fence }: ClaimedSubscription,
  { error, dueAt, ends }: { readonly error: string; readonly dueAt: Date; readonly ends: boolean },
): Promise<void> {
  return db.transaction(async (tx) => {
    const rows = await tx.query(
      `update subscriptions set leased_until = null, due_at = $3, failures = failures + 1,
              failing_since = coalesce(failing_since, now()), last_error = $4,
              state = case when $5 and state = 'active' then 'ended' else state end,
              ended_why = case when $5 then $4 else ended_why end
        where subscription_id = $1 and fence = $2 returning 1`,
      [subscriptionId, fence, dueAt, error, ends],
    );
    if (ends && rows.length > 0) await logEnd(tx, subscriptionId, error);
  });
}

/** For the metrics: how many there are, and for how long the one that waits longest has been due. */
export function subscriptionCounts(
  db: Queryable,
): Promise<{ kind: string; state: string; count: number; failing: number; lateSeconds: number }[]> {
  return db.query(
    `select kind, state, count(*)::int as count, (count(*) filter (where failures > 0))::int as failing,
            coalesce(max(extract(epoch from now() - due_at)) filter (
              where state = 'active' and due_at < now() and (kind = 'digest' or begun_to is not null)), 0)::double precision as "lateSeconds"
       from subscriptions group by kind, state`,
  );
}
