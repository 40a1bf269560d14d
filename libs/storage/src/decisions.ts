import type { Category, Decision } from '@siaga/contracts';
import type { Queryable } from './database.js';

/** A flag as far as a decision about it needs to know it. */
export interface DecidedFlag {
  readonly flagId: string;
  readonly audited: boolean;
}

export async function findFlag(db: Queryable, flagId: string): Promise<DecidedFlag | undefined> {
  const [row] = await db.query<DecidedFlag>(
    'select flag_id as "flagId", audit_share is not null as audited from flags where flag_id = $1',
    [flagId],
  );
  return row;
}

/**
 * Records a decision once, whatever its number of repeats; the latest on a subject is the one that counts.
 *
 * @returns false when this decision was known already
 */
export async function recordDecision(db: Queryable, decision: Decision): Promise<boolean> {
  const { subject, categories } = decision;
  const recorded = await db.query(
    `insert into decisions (decision_id, flag_id, campaign_id, action, categories, reason, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (decision_id) do nothing returning decision_id`,
    [
      decision.decisionId,
      'flagId' in subject ? subject.flagId : null,
      'campaignId' in subject ? subject.campaignId : null,
      decision.action,
      categories ?? null,
      decision.reason ?? null,
      decision.decidedBy,
      decision.decidedAt,
    ],
  );
  return recorded.length > 0;
}

/** What people have found so far, per category: of what recall is estimated from. */
export interface AuditCounts {
  /** Audited posts by the chance they had: how many, how many judged, and how many of these are of each category. */
  readonly strata: readonly {
    readonly share: number;
    readonly audited: number;
    readonly judged: number;
    readonly found: Readonly<Record<Category, number>>;
  }[];
  /** Alerts: how many, how many of them judged, and how many of these confirmed. */
  readonly alerts: Readonly<Record<Category, { flags: number; judged: number; confirmed: number }>>;
}

interface AlertRow {
  readonly category: Category;
  readonly flags: number;
  readonly judged: number;
  readonly confirmed: number;
}

const LATEST = `left join lateral (
  select action, categories from decisions where flag_id = f.flag_id order by seq desc limit 1
) d on true`;

/** @param window of the times at which posts were flagged or picked; open where not given */
export async function auditCounts(
  db: Queryable,
  window: { readonly from?: Date | undefined; readonly to?: Date | undefined } = {},
): Promise<AuditCounts> {
  const values = [window.from ?? null, window.to ?? null];
  const inWindow = `($1::timestamptz is null or f.flagged_at >= $1) and ($2::timestamptz is null or f.flagged_at < $2)`;
  const found = (category: Category) => `(count(*) filter (where '${category}' = any(d.categories)))::int`;
  const [strata, alerts] = await Promise.all([
    db.query<AuditCounts['strata'][number]>(
      `select f.audit_share as share, count(*)::int as audited, count(d.action)::int as judged,
              json_build_object('hoax', ${found('hoax')}, 'hate', ${found('hate')}, 'bullying', ${found('bullying')}) as found
         from flags f ${LATEST}
        where f.audit_share is not null and ${inWindow}
        group by f.audit_share order by f.audit_share`,
      values,
    ),
    // An escalated flag was confirmed on its way.
    db.query<AlertRow>(
      `select f.category, count(*)::int as flags, count(d.action)::int as judged,
              (count(*) filter (where d.action in ('confirm', 'escalate')))::int as confirmed
         from flags f ${LATEST}
        where f.audit_share is null and ${inWindow}
        group by f.category`,
      values,
    ),
  ]);
  const of = (category: Category) => {
    const { flags = 0, judged = 0, confirmed = 0 } = alerts.find((row) => row.category === category) ?? {};
    return { flags, judged, confirmed };
  };
  return { strata, alerts: { hoax: of('hoax'), hate: of('hate'), bullying: of('bullying') } };
}
