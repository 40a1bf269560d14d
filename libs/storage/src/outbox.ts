import type { Queryable } from './database.js';

/** The topics that PostgreSQL is the authority of, and that of removals, for authors who ask here to be forgotten. */
export const OUTBOX_TOPICS = ['claims', 'decisions', 'removals'] as const;

export interface OutboxEvent {
  readonly topic: (typeof OUTBOX_TOPICS)[number];
  readonly key: string;
  /** Null for a tombstone. */
  readonly value: Buffer | null;
}

/** Any constant will do, as long as all relays share it. */
const RELAY_LOCK = 7_402_463;
const AT_ONCE = 500;

/**
 * Has events published once the transaction has committed. Whoever tells of one thing twice holds its row in both
 * transactions, so that the order of the outbox is theirs.
 */
export async function appendOutbox(tx: Queryable, events: readonly OutboxEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(`insert into outbox (topic, key, value) select * from unnest($1::text[], $2::text[], $3::bytea[])`, [
    events.map(({ topic }) => topic),
    events.map(({ key }) => key),
    events.map(({ value }) => value),
  ]);
}

/**
 * The oldest events, for one relay at a time; they are gone when the transaction commits, so it publishes them before.
 *
 * @returns none when there are none, or when another relay has them
 */
export async function takeOutbox(tx: Queryable): Promise<OutboxEvent[]> {
  const [lock] = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [RELAY_LOCK]);
  if (!lock?.mine) return [];
  const rows = await tx.query<OutboxEvent & { seq: string }>(
    `with taken as (delete from outbox where seq in (select seq from outbox order by seq limit ${AT_ONCE}) returning *)
     select seq, topic, key, value from taken order by seq`,
  );
  return rows.map(({ topic, key, value }) => ({ topic, key, value }));
}

/** How many events wait, and since when the oldest does. */
export async function outboxBacklog(db: Queryable): Promise<{ readonly events: number; readonly oldest: Date | null }> {
  const [row] = await db.query<{ events: number; oldest: Date | null }>(
    'select count(*)::int as events, min(created_at) as oldest from outbox',
  );
  return row ?? { events: 0, oldest: null };
}
