import type { Database, Queryable } from './database.js';
import type { DeliveryRow } from './deliveries.js';

/** What became of one post of a notice, in a channel that takes one, or one account's, a call. */
export interface DeliveryPart {
  readonly item: string;
  readonly deliveryId: string;
  /** `begun`: the call is under way, or ended without anybody knowing how. */
  readonly state: 'begun' | 'acknowledged' | 'gone' | 'refused';
  readonly note: string | null;
}

/** SQL of the posts of delivery `d` of which nobody knows whether they were reported. */
export const IN_DOUBT_SQL = `coalesce((select array_agg(item order by item) from delivery_parts p
  where p.delivery_id = d.delivery_id and p.state = 'begun'), '{}')`;

type Holder = Pick<DeliveryRow, 'deliveryId' | 'noticeId' | 'channel' | 'attempts'>;

/** Those of all revisions: none is sent twice. */
export function partsOf(
  db: Queryable,
  { noticeId, channel }: Pick<Holder, 'noticeId' | 'channel'>,
): Promise<DeliveryPart[]> {
  return db.query<DeliveryPart>(
    `select item, delivery_id as "deliveryId", state, note from delivery_parts
      where notice_id = $1 and channel = $2 order by changed_at, item`,
    [noticeId, channel],
  );
}

/**
 * To be called before a call is made, for the posts that it reports; renews the lease, so that each call has its own.
 *
 * @returns false when the call must not be made: the lease has run out and somebody else has the delivery, or one of the
 *   posts is another delivery's
 */
export function beginParts(
  db: Database,
  { deliveryId, noticeId, channel, attempts }: Holder,
  { items, leaseMs }: { readonly items: readonly string[]; readonly leaseMs: number },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const held = await tx.query(
      `update deliveries set claimed_until = now() + make_interval(secs => $3::double precision / 1000)
        where delivery_id = $1 and attempts = $2 and state in ('sending', 'asking') returning 1`,
      [deliveryId, attempts, leaseMs],
    );
    if (held.length === 0) return false;
    const taken = await tx.query<{ item: string }>(
      'select item from delivery_parts where notice_id = $1 and channel = $2 and item = any($3) limit 1',
      [noticeId, channel, items],
    );
    if (taken.length > 0) return false;
    // Another revision may begin the same post right now: the key lets one of both through, and the other fails whole.
    const begun = await tx.query(
      `insert into delivery_parts (notice_id, channel, item, delivery_id, state)
       select $1, $2, item, $4, 'begun' from unnest($3::text[]) as item on conflict do nothing returning 1`,
      [noticeId, channel, items, deliveryId],
    );
    if (begun.length === items.length) return true;
    await tx.query(
      `delete from delivery_parts where notice_id = $1 and channel = $2 and delivery_id = $4 and item = any($3)`,
      [noticeId, channel, items, deliveryId],
    );
    return false;
  });
}

/** Writes down what came of the posts of a call, or of posts for which none was made. */
export async function settleParts(
  db: Queryable,
  { deliveryId, noticeId, channel }: Holder,
  {
    items,
    state,
    note,
  }: { readonly items: readonly string[]; readonly state: DeliveryPart['state']; readonly note?: string },
): Promise<void> {
  await db.query(
    `insert into delivery_parts (notice_id, channel, item, delivery_id, state, note)
     select $1, $2, item, $4, $5, $6 from unnest($3::text[]) as item
     on conflict (notice_id, channel, item) do update set state = excluded.state, note = excluded.note, changed_at = now()
      where delivery_parts.delivery_id = excluded.delivery_id`,
    [noticeId, channel, items, deliveryId, state, note?.slice(0, 500) ?? null],
  );
}

/** For a call that surely did not arrive: it can be made again. */
export async function withdrawParts(db: Queryable, deliveryId: string, items?: readonly string[]): Promise<void> {
  await db.query(
    `delete from delivery_parts
      where delivery_id = $1 and state = 'begun' and ($2::text[] is null or item = any($2))`,
    [deliveryId, items ?? null],
  );
}
