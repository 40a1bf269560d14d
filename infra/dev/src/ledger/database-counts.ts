import { WAITING_SQL, type Database } from '@siaga/storage';

/** What Postgres holds of the way from flag to answer. */
export interface DatabaseCounts {
  readonly flags: number;
  readonly campaigns: number;
  readonly notices: number;
  /** Deliveries that have reached their platform, and those that still may. */
  readonly delivered: number;
  readonly pending: number;
  readonly failed: number;
  /** Notices on which the platform has said more than that it has them. */
  readonly answered: number;
}

export async function readDatabaseCounts(db: Database): Promise<DatabaseCounts> {
  const [counts] = await db.query<DatabaseCounts>(`
    select (select count(*) from flags where audit_share is null)::int as flags,
           (select count(*) from campaigns)::int as campaigns,
           (select count(*) from notices)::int as notices,
           count(*) filter (where d.state = 'delivered')::int as delivered,
           count(*) filter (where d.state in ${WAITING_SQL}
                              and n.answer_state is distinct from 'rejected')::int as pending,
           count(*) filter (where d.state = 'failed')::int as failed,
           (select count(*) from notices where answer_state is distinct from 'received' and answer_state is not null)::int
             as answered
      from deliveries d join notices n using (notice_id)
     where d.kind = 'notice'`);
  return counts as DatabaseCounts;
}

/** For every post that a delivered notice lists: milliseconds from when it was seen to when the platform had it. */
export async function seenToDelivered(db: Database): Promise<number[]> {
  const rows = await db.query<{ ms: number }>(`
    select extract(epoch from min(d.delivered_at) - f.seen_at)::float8 * 1000 as ms
      from flags f
      join notices n on n.campaign_id = f.campaign_id and n.platform = f.platform
      join deliveries d on d.notice_id = n.notice_id and d.state = 'delivered' and d.delivered_at >= f.recorded_at
     where f.score >= f.escalate_threshold and f.url is not null
     group by f.flag_id`);
  return rows.map(({ ms }) => ms);
}
