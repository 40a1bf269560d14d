import type { Queryable } from './database.js';

/** What a platform has made of our notices. */
export interface PlatformPrecision {
  readonly platform: string;
  /** Notices on which its latest word is a judgement: acted on, rejected or disputed. */
  readonly judged: number;
  /** Those that it rejects or disputes. */
  readonly wrong: number;
  readonly days: number;
  /** The share that may be wrong. */
  readonly budget: number;
  /** Whether a person must decide on all that goes there. */
  readonly overBudget: boolean;
  readonly changedAt: Date;
}

const COLUMNS = 'platform, judged, wrong, days, budget, over_budget as "overBudget", changed_at as "changedAt"';

export function platformPrecisions(db: Queryable): Promise<PlatformPrecision[]> {
  return db.query<PlatformPrecision>(`select ${COLUMNS} from platform_precision order by platform`);
}

/** The platforms to which nothing goes without a person. */
export async function platformsOverBudget(db: Queryable): Promise<Set<string>> {
  const rows = await db.query<{ platform: string }>('select platform from platform_precision where over_budget');
  return new Set(rows.map(({ platform }) => platform));
}

/**
 * Locks what is known of the platforms until the transaction ends, so that one process at a time decides, and forgets
 * what is known of others.
 *
 * @returns what was known
 */
export async function lockPrecisions(tx: Queryable, platforms: readonly string[]): Promise<PlatformPrecision[]> {
  await tx.query('delete from platform_precision where platform <> all($1::text[])', [platforms]);
  await tx.query(
    'insert into platform_precision (platform) select * from unnest($1::text[]) order by 1 on conflict do nothing',
    [platforms],
  );
  return tx.query<PlatformPrecision>(`select ${COLUMNS} from platform_precision order by platform for update`);
}

/** Counts the judgements on a platform's notices of the last days; each notice once, by the latest word on it. */
export async function countJudgements(
  tx: Queryable,
  platform: string,
  days: number,
): Promise<Pick<PlatformPrecision, 'judged' | 'wrong'>> {
  const [row] = await tx.query<{ judged: number; wrong: number }>(
    `select count(*)::int as judged, (count(*) filter (where answer_state <> 'actioned'))::int as wrong
       from notices
      where platform = $1 and answer_state in ('actioned', 'rejected', 'disputed')
        and notice_id in (select notice_id from answers
                           where received_at > now() - make_interval(secs => $2::double precision * 86400)
                             and state in ('actioned', 'rejected', 'disputed'))`,
    [platform, days],
  );
  return row ?? { judged: 0, wrong: 0 };
}

export async function writePrecision(tx: Queryable, now: Omit<PlatformPrecision, 'changedAt'>): Promise<void> {
  await tx.query(
    `update platform_precision
        set judged = $2, wrong = $3, days = $4, budget = $5, over_budget = $6,
            changed_at = case when over_budget = $6 then changed_at else now() end
      where platform = $1 and (judged, wrong, days, budget, over_budget) is distinct from ($2, $3, $4, $5, $6)`,
    [now.platform, now.judged, now.wrong, now.days, now.budget, now.overBudget],
  );
}
