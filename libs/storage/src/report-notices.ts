import type { Category } from '@siaga/contracts';
import type { Queryable } from './database.js';

/** Those created in [from, to). */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** Where a notice stands, as the public is told. `in-progress`: received or under review, or asks for information. */
export const OUTCOMES = ['actioned', 'rejected', 'disputed', 'in-progress', 'unanswered', 'undelivered'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Notices to a platform in a category. */
export interface NoticeCell {
  /** Null: the platforms together that have too few to be named. */
  readonly platform: string | null;
  readonly category: Category;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Those that the platform has disputed at some time, and what became of them. */
  readonly appeals: { readonly made: number; readonly actioned: number; readonly rejected: number };
  /** Those whose deadline passed before they were acted on or rejected. */
  readonly late: number;
}

/** Seconds; of spans that are over only. */
export interface SpanSummary {
  readonly count: number;
  readonly median: number | null;
  readonly p90: number | null;
}

export interface PlatformTimes {
  /** Null: the platforms that are not named; undefined: all. */
  readonly platform: string | null | undefined;
  /** From the opening of the notice until the platform had it. */
  readonly delivery: SpanSummary;
  /** From then until its first word beyond that it was received. */
  readonly answer: SpanSummary;
  /** From then until a listed post was found to be gone. */
  readonly removal: SpanSummary;
  /** Listed posts that are looked up. */
  readonly watched: number;
}

const SETTLED = `('actioned', 'rejected')`;

/**
 * The notices of a span of time, $1 to $2, with the name under which their platform is shown, which takes $3 notices. A small
 * server's name may be its only user's.
 */
const NOTICES = `
  shown as (
    select platform, case when count(*) >= $3 then platform end as name
      from notices where created_at >= $1 and created_at < $2 group by platform
  ),
  cohort as materialized (
    select n.notice_id, shown.name, n.category, n.answer_state, n.created_at, n.due_at, n.paused_at, d.delivered_at,
           a.answered_at, a.settled_at, coalesce(a.appealed, false) as appealed
      from notices n join shown using (platform)
      left join lateral (
        select min(delivered_at) as delivered_at from deliveries where notice_id = n.notice_id and kind = 'notice'
      ) d on true
      left join lateral (
        select min(received_at) filter (where state <> 'received') as answered_at,
               min(received_at) filter (where state in ${SETTLED}) as settled_at,
               bool_or(state = 'disputed') as appealed
          from answers where notice_id = n.notice_id
      ) a on true
     where n.created_at >= $1 and n.created_at < $2
  )`;

const OUTCOME = `case
    when answer_state in ('actioned', 'rejected', 'disputed') then answer_state
    when answer_state is not null then 'in-progress'
    when delivered_at is not null then 'unanswered'
    else 'undelivered'
  end`;

/** @param nameFrom how many notices a platform needs to be named */
export function noticeCells(db: Queryable, { from, to }: Span, nameFrom: number): Promise<NoticeCell[]> {
  const counts = OUTCOMES.map((outcome) => `'${outcome}', count(*) filter (where outcome = '${outcome}')`).join();
  return db.query<NoticeCell>(
    `with ${NOTICES}, judged as (select *, ${OUTCOME} as outcome from cohort)
     select name as platform, category, json_build_object(${counts}) as outcomes,
            json_build_object('made', count(*) filter (where appealed),
              'actioned', count(*) filter (where appealed and outcome = 'actioned'),
              'rejected', count(*) filter (where appealed and outcome = 'rejected')) as appeals,
            (count(*) filter (where paused_at is null and due_at < least(now(), coalesce(settled_at, 'infinity'))))::int as late
       from judged group by name, category order by name nulls last, category`,
    [from, to, nameFrom],
  );
}

const seconds = (span: string) => `extract(epoch from ${span})::double precision`;
const summary = (name: string, value: string) => `
  json_build_object('count', count(${value}), 'median', percentile_cont(0.5) within group (order by ${value}),
                    'p90', percentile_cont(0.9) within group (order by ${value})) as ${name}`;

/** By platform as noticeCells names them, and over all. */
export async function platformTimes(db: Queryable, { from, to }: Span, nameFrom: number): Promise<PlatformTimes[]> {
  const rows = await db.query<PlatformTimes & { isAll: boolean }>(
    `with ${NOTICES},
     spans as (
       select name, ${seconds('delivered_at - created_at')} as delivery,
              ${seconds('answered_at - delivered_at')} as answer from cohort
     ),
     posts as (
       select cohort.name, case when w.state in ('gone', 'deleted') then greatest(0, ${seconds('w.gone_at - w.delivered_at')}) end as removal
         from cohort join watched_posts w using (notice_id)
     ),
     of_notices as (
       select name, grouping(name) as all_of_them, ${summary('delivery', 'delivery')}, ${summary('answer', 'answer')}
         from spans group by grouping sets ((name), ())
     ),
     of_posts as (
       select name, grouping(name) as all_of_them, count(*)::int as watched, ${summary('removal', 'removal')}
         from posts group by grouping sets ((name), ())
     )
     select n.name as platform, n.all_of_them = 1 as "isAll", n.delivery, n.answer,
            coalesce(p.removal, json_build_object('count', 0, 'median', null, 'p90', null)) as removal,
            coalesce(p.watched, 0) as watched
       from of_notices n left join of_posts p on p.name is not distinct from n.name and p.all_of_them = n.all_of_them
      order by n.all_of_them desc, n.name nulls last`,
    [from, to, nameFrom],
  );
  return rows.map(({ isAll, ...row }) => (isAll ? { ...row, platform: undefined } : row));
}

/** What people found the alerts of a span of time on a platform to be. */
export interface JudgedAlerts {
  readonly platform: string | null;
  readonly judged: number;
  readonly confirmed: number;
}

/** By platform as noticeCells names them. */
export function judgedAlerts(db: Queryable, { from, to }: Span, nameFrom: number): Promise<JudgedAlerts[]> {
  return db.query<JudgedAlerts>(
    `with shown as (
       select platform, case when count(*) >= $3 then platform end as name
         from notices where created_at >= $1 and created_at < $2 group by platform
     )
     select shown.name as platform, count(*)::int as judged,
            (count(*) filter (where review_state <> 'dismissed'))::int as confirmed
       from flags f left join shown using (platform)
      where f.recorded_at >= $1 and f.recorded_at < $2 and f.audit_share is null
        and review_state in ('confirmed', 'escalated', 'dismissed')
      group by 1 order by 1 nulls last`,
    [from, to, nameFrom],
  );
}

/** Alerts by the model that raised them. */
export interface ModelAlerts {
  readonly name: string;
  readonly version: string;
  readonly alerts: Readonly<Record<Category, number>>;
}

/** @param span whole hours */
export function alertsByModel(db: Queryable, { from, to }: Span): Promise<ModelAlerts[]> {
  const of = (category: Category) => `coalesce(sum(alerts) filter (where category = '${category}'), 0)::int`;
  return db.query<ModelAlerts>(
    `select model_name as name, model_version as version,
            json_build_object('hoax', ${of('hoax')}, 'hate', ${of('hate')}, 'bullying', ${of('bullying')}) as alerts
       from alert_counts where hour >= $1 and hour < $2
      group by 1, 2 order by min(hour), 1, 2`,
    [from, to],
  );
}
