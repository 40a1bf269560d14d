import type { Database, Queryable } from './database.js';
import type { DeliveryEvent, DeliveryState } from './delivery-states.js';
import { NEXT_STATE } from './delivery-states.js';
import { IN_DOUBT_SQL, withdrawParts } from './delivery-parts.js';
import { appendEvidence } from './evidence.js';

/** A delivery that goes no further without a person. */
export interface StuckDelivery {
  readonly deliveryId: string;
  readonly noticeId: string;
  readonly platform: string;
  readonly revision: number;
  readonly channel: string;
  readonly kind: string;
  readonly state: 'unsure' | 'by-hand' | 'failed';
  readonly payload: string | null;
  readonly lastError: string | null;
  /** The posts of which nobody knows whether they were reported; empty where the whole delivery is in doubt. */
  readonly inDoubt: readonly string[];
  readonly dueAt: Date;
}

const LIMIT = 1_000;

/** The most urgent first. */
export function stuckDeliveries(db: Queryable, state: StuckDelivery['state']): Promise<StuckDelivery[]> {
  return db.query<StuckDelivery>(
    `select d.delivery_id as "deliveryId", d.notice_id as "noticeId", n.platform, d.revision, d.channel, d.kind, d.state,
            d.payload, d.last_error as "lastError", n.due_at as "dueAt",
            ${IN_DOUBT_SQL} as "inDoubt"
       from deliveries d join notices n using (notice_id)
      where d.state = $1 order by n.due_at, d.created_at limit ${LIMIT}`,
    [state],
  );
}

/**
 * A person's word on a delivery: that the platform has it, or that it is to be sent again. Where it travels in several calls,
 * the word is about those in doubt; the rest is sent.
 *
 * @returns the state it has from now on, undefined when there is nothing to decide
 */
export function decideDelivery(
  db: Database,
  {
    deliveryId,
    word,
    by,
  }: { readonly deliveryId: string; readonly word: 'arrived' | 'send-again'; readonly by: string },
): Promise<DeliveryState | undefined> {
  return db.transaction(async (tx) => {
    const [row] = await tx.query<{ state: DeliveryState; noticeId: string; parts: boolean }>(
      `select state, notice_id as "noticeId", exists (
                select from delivery_parts p where p.delivery_id = d.delivery_id and p.state = 'begun') as parts
         from deliveries d where delivery_id = $1 for update`,
      [deliveryId],
    );
    if (!row) return undefined;
    const event: DeliveryEvent = word === 'arrived' && row.parts ? 'part-arrived' : word;
    const next = NEXT_STATE[row.state][event];
    if (next === null) return undefined;
    if (word === 'send-again') await withdrawParts(tx, deliveryId);
    else {
      await tx.query(
        `update delivery_parts set state = 'acknowledged', note = $2, changed_at = now()
          where delivery_id = $1 and state = 'begun'`,
        [deliveryId, `says ${by}`],
      );
    }
    await tx.query(
      `update deliveries set state = $2, next_attempt_at = now(), last_error = null, doubted = false,
              delivered_at = case when $2 = 'delivered' then now() end
        where delivery_id = $1`,
      [deliveryId, next],
    );
    await appendEvidence(tx, [{ event: 'delivery-decided', subject: row.noticeId, body: { deliveryId, word, by } }]);
    return next;
  });
}
