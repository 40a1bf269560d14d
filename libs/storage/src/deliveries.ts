import type { Queryable } from './database.js';
import { afterSql, NEXT_STATE, WAITING_SQL, type DeliveryEvent, type DeliveryState } from './delivery-states.js';
import { listedBySql } from './notices.js';

export interface DeliveryRow {
  readonly deliveryId: string;
  readonly noticeId: string;
  readonly revision: number;
  readonly channel: string;
  /** `notice`, or the kind of message about it. */
  readonly kind: string;
  readonly attempts: number;
  /** What is sent, once frozen. */
  readonly payload: string | null;
  /** `asking` when an earlier attempt may have reached the platform, so that it must be asked before sending again. */
  readonly state: DeliveryState;
  /** When it was scheduled. */
  readonly createdAt: Date;
}

/**
 * Schedules the first revision of a notice, or the next one when the latest has been frozen. Posts that join while a
 * revision still waits are simply part of it, so this is a no-op then. Revisions are counted over all channels: none goes two ways.
 *
 * @param delivery.settleMs how long copies gather before the first revision leaves
 * @param delivery.revisionMs how long later copies gather before the next one does
 * @returns the number of the revision that was scheduled just now
 */
export async function scheduleRevision(
  tx: Queryable,
  delivery: { deliveryId: string; noticeId: string; channel: string; settleMs: number; revisionMs: number },
): Promise<number | undefined> {
  const [row] = await tx.query<{ revision: number }>(
    `insert into deliveries (delivery_id, notice_id, channel, revision, state, next_attempt_at)
     select $1, $2, $3, coalesce(max(revision), 0) + 1, 'scheduled',
            now() + make_interval(secs => case when count(*) = 0 then $4::double precision else $5 end / 1000)
       from deliveries where notice_id = $2 and kind = 'notice'
     having coalesce(bool_and(payload is not null), true)
     returning revision`,
    [delivery.deliveryId, delivery.noticeId, delivery.channel, delivery.settleMs, delivery.revisionMs],
  );
  return row?.revision;
}

/**
 * Takes the most urgent delivery that is due, for `leaseMs`. A delivery whose earlier holder died while sending is
 * taken again when its lease has run out, to ask first. A platform that rejected the notice gets no more of it, one that is
 * past its budget of wrong notices gets none without a person, nobody gets anything while the kill switch is on or people
 * have dismissed all that the notice lists, and nothing goes a way that its other end has closed.
 *
 * The notice's row stays locked until the transaction ends: whoever adds a post to it meanwhile waits, and then sees
 * whether the payload was frozen without that post.
 */
export async function claimDelivery(tx: Queryable, leaseMs: number): Promise<DeliveryRow | undefined> {
  const [row] = await tx.query<DeliveryRow>(
    `with due as (
       select d.delivery_id from deliveries d join notices n using (notice_id)
        where d.state in ${WAITING_SQL} and d.next_attempt_at <= now()
          and (d.claimed_until is null or d.claimed_until < now())
          and n.answer_state is distinct from 'rejected'
          and (d.kind = 'notice' or n.answer_state is distinct from 'actioned')
          and not (select stopped from sending_switch)
          and (d.state <> 'scheduled' or d.kind <> 'notice' or n.reviewed_by is not null
               or not exists (select from platform_precision p where p.platform = n.platform and p.over_budget))
          and not exists (select from closed_channels c where c.platform = n.platform and c.channel = d.channel)
          and (exists (select from flags f where ${listedBySql('f', 'n')} and f.review_state <> 'dismissed')
               or not exists (select from flags f where ${listedBySql('f', 'n')}))
        order by d.due_at, d.created_at
        limit 1 for update of d, n skip locked
     )
     update deliveries d
        set state = ${afterSql('claimed', 'd.state')}, attempts = d.attempts + 1,
            doubted = d.doubted or ${afterSql('claimed', 'd.state')} = 'asking',
            claimed_until = now() + make_interval(secs => $1::double precision / 1000)
       from due where d.delivery_id = due.delivery_id
     returning d.delivery_id as "deliveryId", d.notice_id as "noticeId", d.revision, d.channel, d.kind, d.attempts, d.payload,
       d.state, d.created_at as "createdAt"`,
    [leaseMs],
  );
  return row;
}

/** From here on every attempt sends these bytes. */
export async function freezePayload(tx: Queryable, deliveryId: string, payload: string): Promise<void> {
  await tx.query('update deliveries set payload = $2 where delivery_id = $1', [deliveryId, payload]);
}

/**
 * Writes down what came of an attempt.
 *
 * @param outcome.afterMs when to try again, where that is done
 * @returns false when the lease has run out and somebody else has taken the delivery: what came of it is theirs to say
 */
export async function settleDelivery(
  tx: Queryable,
  { deliveryId, attempts, state }: Pick<DeliveryRow, 'deliveryId' | 'attempts' | 'state'>,
  event: DeliveryEvent,
  { afterMs = 0, error }: { readonly afterMs?: number; readonly error?: string | undefined } = {},
): Promise<boolean> {
  const next = NEXT_STATE[state][event];
  if (next === null) throw new Error(`a delivery that is ${state} cannot be ${event}`);
  const settled = await tx.query(
    `update deliveries
        set state = $4, claimed_until = null, last_error = $5,
            delivered_at = case when $4 = 'delivered' then now() end,
            next_attempt_at = now() + make_interval(secs => $6::double precision / 1000)
      where delivery_id = $1 and attempts = $2 and state = $3
     returning 1`,
    [deliveryId, attempts, state, next, error?.slice(0, 500) ?? null, afterMs],
  );
  return settled.length > 0;
}
