import type { Queryable } from './database.js';

/** A notice whose clock has reached its next stage. */
export interface DeadlineReached {
  readonly noticeId: string;
  readonly platform: string;
  /** 1 the first reminder, 2 the second, 3 the deadline itself. */
  readonly stage: 1 | 2 | 3;
  readonly dueAt: Date;
  /** The latest revision that the platform has, null while it has none. */
  readonly revision: number | null;
  /** The way in which it arrived. */
  readonly channel: string | null;
  readonly payload: string | null;
}

/** When reminders leave, as shares of the time between a notice's opening and its deadline. */
const REMINDERS = { first: 0.5, second: 0.8 };

const BATCH = 100;

/**
 * Moves the clocks of open notices on, each stage once, whoever asks and however often. A stage that was slept through is
 * passed over for the latest one. Reminders are for platforms that have the notice; a deadline passes for all.
 *
 * @param now of the database when not given, so that processes with different clocks agree
 */
export function advanceDeadlines(tx: Queryable, now?: Date): Promise<DeadlineReached[]> {
  return tx.query<DeadlineReached>(
    `with clock as (select coalesce($1::timestamptz, now()) as now),
     reached as (
       select n.notice_id, case
                when clock.now >= n.due_at then 3
                when clock.now >= n.created_at + n.paused + (n.due_at - n.created_at - n.paused) * ${REMINDERS.second} then 2
                when clock.now >= n.created_at + n.paused + (n.due_at - n.created_at - n.paused) * ${REMINDERS.first} then 1
                else 0
              end as stage
         from notices n, clock
        where n.deadline_stage < 3 and n.paused_at is null
          and coalesce(n.answer_state, '') not in ('actioned', 'rejected')
     ),
     due as (
       select n.notice_id, r.stage, d.revision, d.channel, d.payload
         from reached r join notices n using (notice_id)
         left join lateral (
           select revision, channel, payload from deliveries
            where notice_id = n.notice_id and kind = 'notice' and state = 'delivered' order by revision desc limit 1
         ) d on true
        where r.stage > n.deadline_stage and (r.stage = 3 or d.payload is not null)
        order by n.due_at limit ${BATCH} for update of n skip locked
     )
     update notices n set deadline_stage = due.stage from due
      where n.notice_id = due.notice_id and due.stage > n.deadline_stage
     returning n.notice_id as "noticeId", n.platform, due.stage::int as stage, n.due_at as "dueAt", due.revision,
       due.channel, due.payload`,
    [now ?? null],
  );
}

/** A message about a notice that its platform has; its bytes are frozen from the start. */
export async function scheduleMessage(
  tx: Queryable,
  message: {
    readonly deliveryId: string;
    readonly noticeId: string;
    readonly revision: number;
    readonly channel: string;
    readonly kind: string;
    readonly payload: string;
  },
): Promise<void> {
  await tx.query(
    `insert into deliveries (delivery_id, notice_id, revision, channel, kind, payload, state, next_attempt_at)
     values ($1, $2, $3, $4, $5, $6, 'scheduled', now())`,
    [...[message.deliveryId, message.noticeId, message.revision, message.channel], ...[message.kind, message.payload]],
  );
}

/** What a platform has of a notice, and by when it should have acted. */
export interface NoticeAtPlatform {
  readonly revision: number;
  readonly channel: string;
  readonly payload: string;
  readonly dueAt: Date;
}

/**
 * Lets the deadline of a notice that waits for information run again.
 *
 * @returns what the platform has, undefined when the notice does not wait
 */
export async function resumeDeadline(tx: Queryable, noticeId: string): Promise<NoticeAtPlatform | undefined> {
  const [row] = await tx.query<NoticeAtPlatform>(
    `update notices n set due_at = due_at + (now() - paused_at), paused = paused + (now() - paused_at), paused_at = null
       from (
         select revision, channel, payload from deliveries
          where notice_id = $1 and kind = 'notice' and state = 'delivered' order by revision desc limit 1
       ) d
      where n.notice_id = $1 and paused_at is not null
     returning d.revision, d.channel, d.payload, n.due_at as "dueAt"`,
    [noticeId],
  );
  return row;
}
