import type { Database, Queryable } from './database.js';
import { appendEvidence } from './evidence.js';

export interface SendingSwitch {
  readonly stopped: boolean;
  readonly changedAt: Date;
  readonly changedBy: string | null;
  readonly reason: string | null;
}

export async function sendingSwitch(db: Queryable): Promise<SendingSwitch> {
  const [row] = await db.query<SendingSwitch>(
    'select stopped, changed_at as "changedAt", changed_by as "changedBy", reason from sending_switch',
  );
  if (!row) throw new Error('the row of sending_switch is gone: insert into sending_switch default values');
  return row;
}

/**
 * Stops all sending, or lets it go on. Nothing that waits is lost; an attempt that is under way ends as it would have.
 *
 * @returns false when it stood like that already
 */
export function switchSending(
  db: Database,
  { stopped, by, reason }: { readonly stopped: boolean; readonly by: string; readonly reason?: string | undefined },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const changed = await tx.query(
      `update sending_switch set stopped = $1, changed_at = now(), changed_by = $2, reason = $3
        where stopped <> $1 returning 1`,
      [stopped, by, reason ?? null],
    );
    if (changed.length === 0) return false;
    const event = stopped ? 'sending-stopped' : 'sending-resumed';
    await appendEvidence(tx, [{ event, subject: 'sending', body: { by, reason: reason ?? null } }]);
    return true;
  });
}

/** Deliveries by state, and when the oldest of those that still wait was scheduled. */
export interface DeliveryCounts {
  readonly state: string;
  readonly count: number;
  /** Of these, the ones whose time has come. */
  readonly due: number;
  readonly oldest: Date;
}

export function countDeliveries(db: Queryable): Promise<DeliveryCounts[]> {
  return db.query<DeliveryCounts>(
    `select state, count(*)::int as count, (count(*) filter (where next_attempt_at <= now()))::int as due,
            min(created_at) as oldest
       from deliveries group by state order by state`,
  );
}
