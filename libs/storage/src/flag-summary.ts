import type { Queryable } from './database.js';

export interface FlagSummary {
  readonly flags: readonly { readonly category: string; readonly platform: string; readonly count: number }[];
  readonly campaigns: number;
  /** Posts picked for the audit, which are no alerts, and those of them that somebody has judged. */
  readonly audits: { readonly picked: number; readonly judged: number };
  /** Answered notices under the platform's answer, the others under the state of their latest delivery. */
  readonly notices: readonly { readonly state: string; readonly count: number; readonly overdue: number }[];
}

/** An answer after which the deadline no longer runs. */
const SETTLED = `('actioned', 'rejected')`;

/** Counts over everything recorded. It reads whole tables, so callers keep the result for a while. */
export async function summariseFlags(db: Queryable): Promise<FlagSummary> {
  const [flags, campaigns, audits, notices] = await Promise.all([
    db.query<FlagSummary['flags'][number]>(
      `select category, platform, count(*)::int as count from flags where audit_share is null
        group by category, platform order by 1, 2`,
    ),
    db.query<{ count: number }>('select count(*)::int as count from campaigns'),
    db.query<FlagSummary['audits']>(
      `select count(*)::int as picked,
              (count(*) filter (where review_state not in ('open', 'disputed')))::int as judged
         from flags where audit_share is not null`,
    ),
    db.query<FlagSummary['notices'][number]>(
      `with latest as (
         select distinct on (notice_id) notice_id, state from deliveries where kind = 'notice' order by notice_id, revision desc
       )
       select coalesce(n.answer_state, latest.state, 'scheduled') as state, count(*)::int as count,
              (count(*) filter (where n.due_at < now() and coalesce(n.answer_state, '') not in ${SETTLED}))::int as overdue
         from notices n left join latest using (notice_id)
        group by 1 order by 1`,
    ),
  ]);
  return { flags, campaigns: campaigns[0]?.count ?? 0, audits: audits[0] ?? { picked: 0, judged: 0 }, notices };
}
