import type { Queryable } from './database.js';

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
  /** True when an earlier attempt may have reached the platform, so that it must be asked before sending again. */
  readonly uncertain: boolean;
}

const SCHEDULED_AFTER = `now() + make_interval(secs => $4::double precision / 1000)`;

/**
 * Schedules the first revision of a notice, or the next one when the latest has been frozen. Posts that join while a
 * revision still waits are simply part of it, so this is a no-op then.
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
       from deliveries where notice_id = $2 and channel = $3 and kind = 'notice'
     having coalesce(bool_and(payload is not null), true)
     returning revision`,
    [delivery.deliveryId, delivery.noticeId, delivery.channel, delivery.settleMs, delivery.revisionMs],
  );
  return row?.revision;
}

/**
 * Takes the most urgent delivery that is due, for `leaseMs`. A delivery whose earlier holder died while sending is
 * taken again when its lease has run out, marked uncertain. A platform that rejected the notice gets no more of it,
 * nobody gets anything while the kill switch is on, and nothing goes a way that its other end has closed.
 *
 * The notice's row stays locked until the transaction ends: whoever adds a post to it meanwhile waits, and then sees
 * whether the payload was frozen without that post.
 */
export async function claimDelivery(tx: Queryable, leaseMs: number): Promise<DeliveryRow | undefined> {
  const [row] = await tx.query<DeliveryRow>(
    `with due as (
       select d.delivery_id, d.state from deliveries d join notices n using (notice_id)
        where d.state in ('scheduled', 'sending', 'uncertain') and d.next_attempt_at <= now()
          and (d.claimed_until is null or d.claimed_until < now())
          and n.answer_state is distinct from 'rejected'
          and (d.kind = 'notice' or n.answer_state is distinct from 'actioned')
          and not (select stopped from sending_switch)
          and not exists (select from closed_channels c where c.platform = n.platform and c.channel = d.channel)
        order by n.due_at, d.created_at
        limit 1 for update of d, n skip locked
     )
     update deliveries d
        set state = 'sending', attempts = d.attempts + 1,
            claimed_until = now() + make_interval(secs => $1::double precision / 1000)
       from due where d.delivery_id = due.delivery_id
     returning d.delivery_id as "deliveryId", d.notice_id as "noticeId", d.revision, d.channel, d.kind, d.attempts, d.payload,
       due.state in ('sending', 'uncertain') as uncertain`,
    [leaseMs],
  );
  return row;
}

/** From here on every attempt sends these bytes. */
export async function freezePayload(tx: Queryable, deliveryId: string, payload: string): Promise<void> {
  await tx.query('update deliveries set payload = $2 where delivery_id = $1', [deliveryId, payload]);
}

export async function markDelivered(db: Queryable, deliveryId: string): Promise<void> {
  await db.query(
    `update deliveries set state = 'delivered', delivered_at = now(), claimed_until = null, last_error = null
      where delivery_id = $1`,
    [deliveryId],
  );
}

/** Back to the queue: `uncertain` when the platform may have received it, `scheduled` when it surely has not. */
export async function markForRetry(
  db: Queryable,
  deliveryId: string,
  retry: { state: 'scheduled' | 'uncertain'; afterMs: number; error: string },
): Promise<void> {
  await db.query(
    `update deliveries set state = $2, claimed_until = null, last_error = $3, next_attempt_at = ${SCHEDULED_AFTER}
      where delivery_id = $1`,
    [deliveryId, retry.state, retry.error.slice(0, 500), retry.afterMs],
  );
}

export async function markFailed(db: Queryable, deliveryId: string, error: string): Promise<void> {
  await db.query(
    `update deliveries set state = 'failed', claimed_until = null, last_error = $2 where delivery_id = $1`,
    [deliveryId, error.slice(0, 500)],
  );
}
