import type { Queryable } from './database.js';
import { WAITING_SQL } from './delivery-states.js';

/** How PostgreSQL fares. */
export interface DatabaseHealth {
  readonly connections: number;
  readonly maxConnections: number;
  readonly bytes: number;
  /** Age of the transaction that has been open longest, 0 when none is. */
  readonly oldestTransactionSeconds: number;
}

export async function databaseHealth(db: Queryable): Promise<DatabaseHealth> {
  const [row] = await db.query<DatabaseHealth>(
    `select (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
            current_setting('max_connections')::int as "maxConnections",
            pg_database_size(current_database())::float8 as bytes,
            greatest(0, extract(epoch from now() - min(xact_start)))::float8 as "oldestTransactionSeconds"
       from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
        and backend_type = 'client backend'`,
  );
  if (row === undefined) throw new Error('PostgreSQL said nothing of itself');
  return row;
}

/** Notices whose clock runs, by how much of it is left. */
export interface NoticesByDue {
  readonly platform: string;
  readonly overdue: number;
  /** Due within the hour. */
  readonly soon: number;
  readonly later: number;
}

/** Open notices as `advanceDeadlines` sees them: not paused, and not acted on or rejected. */
export function noticesByDue(db: Queryable): Promise<NoticesByDue[]> {
  return db.query<NoticesByDue>(
    `select platform, (count(*) filter (where due_at <= now()))::int as overdue,
            (count(*) filter (where due_at > now() and due_at <= now() + interval '1 hour'))::int as soon,
            (count(*) filter (where due_at > now() + interval '1 hour'))::int as later
       from notices
      where paused_at is null and coalesce(answer_state, '') not in ('actioned', 'rejected')
      group by platform order by platform`,
  );
}

/** For how long the delivery to each platform that has waited longest has been due or tried in vain, whatever holds it. */
export function deliveryWaits(db: Queryable): Promise<{ readonly platform: string; readonly seconds: number }[]> {
  return db.query<{ platform: string; seconds: number }>(
    `select n.platform, extract(epoch from now() - min(d.created_at))::float8 as seconds
       from deliveries d join notices n using (notice_id)
      where d.state in ${WAITING_SQL} and (d.next_attempt_at <= now() or d.attempts > 0)
      group by n.platform order by n.platform`,
  );
}
