import type { Category } from '@siaga/contracts';
import type { Queryable } from './database.js';

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

/** The decision that governs the flag: its own, else its campaign's; none while two reviewers differ. */
const GOVERNING = `left join decisions d on d.seq = f.review_seq and f.review_state <> 'disputed'`;

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
         from flags f ${GOVERNING}
        where f.audit_share is not null and ${inWindow}
        group by f.audit_share order by f.audit_share`,
      values,
    ),
    // Whatever is not dismissed was confirmed on its way.
    db.query<AlertRow>(
      `select f.category, count(*)::int as flags, count(d.action)::int as judged,
              (count(*) filter (where d.action <> 'dismiss'))::int as confirmed
         from flags f ${GOVERNING}
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
