import type { Category } from '@siaga/contracts';
import type { Queryable } from './database.js';

export interface AlertHour {
  readonly hour: Date;
  readonly category: Category;
  readonly platform: string;
  readonly alerts: number;
}

/** Alerts by the hour in which they were recorded, of the last hours with the one that lasts. */
export function alertHours(db: Queryable, hours: number): Promise<AlertHour[]> {
  return db.query<AlertHour>(
    `select hour, category, platform, sum(alerts)::int as alerts from alert_counts
      where hour > now() - make_interval(hours => $1) group by 1, 2, 3 order by 1, 2, 3`,
    [hours],
  );
}

/** Posts that scored within one hundredth. */
export interface ScoreCount {
  readonly category: Category;
  readonly hundredth: number;
  /** The chance that audited posts had to be picked; 1 of posts that raised an alert, of which all are counted. */
  readonly share: number;
  readonly posts: number;
}

/** How posts scored in the last days, and over how many days there is something to count. */
export async function scoreCounts(
  db: Queryable,
  days: number,
): Promise<{ readonly days: number; readonly counts: ScoreCount[] }> {
  const [[span], counts] = await Promise.all([
    db.query<{ days: number }>(
      `select coalesce(extract(epoch from now() - greatest(min(hour), now() - make_interval(days => $1))) / 86400, 0)::double precision as days
         from alert_counts where hour >= now() - make_interval(days => $1)`,
      [days],
    ),
    db.query<ScoreCount>(
      `select category, hundredth::int, share, sum(posts)::int as posts from score_counts
        where day > (now() at time zone 'UTC')::date - $1::int group by 1, 2, 3 order by 1, 2, 3`,
      [days],
    ),
  ]);
  return { days: span?.days ?? 0, counts };
}

/** A tenth of the scores of a day, each counted post weighed by how many it stands for. */
export interface ScoreTenth {
  readonly day: string;
  readonly category: Category;
  readonly tenth: number;
  readonly weight: number;
  /** Of the weights' squares, from which follows how many posts' worth of knowledge it is. */
  readonly squares: number;
}

export function scoreTenths(db: Queryable, days: number): Promise<ScoreTenth[]> {
  return db.query<ScoreTenth>(
    `select day::text, category, (hundredth / 10)::int as tenth, sum(posts / share)::double precision as weight,
            sum(posts / (share * share))::double precision as squares
       from score_counts where day > (now() at time zone 'UTC')::date - $1::int group by 1, 2, 3 order by 1, 2, 3`,
    [days],
  );
}

/** The thresholds that the category's latest alert was raised by. */
export interface Thresholds {
  readonly category: Category;
  readonly threshold: number;
  readonly escalateThreshold: number;
}

export function latestThresholds(db: Queryable): Promise<Thresholds[]> {
  return db.query<Thresholds>(
    `select f.* from unnest('{hoax,hate,bullying}'::text[]) c (category), lateral (
       select category, threshold, escalate_threshold as "escalateThreshold" from flags
        where flags.category = c.category and audit_share is null order by seq desc limit 1) f`,
  );
}

/** Decisions on posts that scored alike. */
export interface JudgedScores {
  readonly category: Category;
  readonly tenth: number;
  readonly judged: number;
  readonly found: number;
  readonly meanScore: number;
}

/**
 * What people found, by tenths of the score, in the latest decisions that count. Of a campaign its first post counts, once: its
 * copies say the same again. Of an audited post all categories count, for the person has looked at all of them.
 */
export function judgedScores(db: Queryable, decisions: number): Promise<JudgedScores[]> {
  return db.query<JudgedScores>(
    `with latest as materialized (
       select seq, flag_id, campaign_id, action, categories from decisions order by seq desc limit $1
     ),
     judged as (
       select l.action, l.categories, f.category, f.score, f.scores, f.audit_share from latest l cross join lateral (
         select * from flags where flags.flag_id = l.flag_id and review_seq = l.seq
         union all
         (select * from flags where flags.campaign_id = l.campaign_id order by seq limit 1)
       ) f
        where f.review_seq = l.seq and f.review_state in ('confirmed', 'escalated', 'dismissed')
     ),
     scored as (
       select category, score, action <> 'dismiss' as found from judged where audit_share is null
       union all
       select s.key, s.value::double precision, coalesce(s.key = any (categories), false)
         from judged cross join jsonb_each_text(scores) s where audit_share is not null
     )
     select category, least(9, floor(score * 10))::int as tenth, count(*)::int as judged,
            (count(*) filter (where found))::int as found, avg(score)::double precision as "meanScore"
       from scored group by 1, 2 order by 1, 2`,
    [decisions],
  );
}

/** Posts that a platform was told of, by how long they were known to stand, and whether they went then. */
export interface StandingPosts {
  readonly platform: string;
  /** Whole hours since the delivery of the notice. */
  readonly hours: number;
  readonly gone: boolean;
  readonly posts: number;
}

export function standingPosts(db: Queryable, days: number): Promise<StandingPosts[]> {
  return db.query<StandingPosts>(
    `select platform, gone, count(*)::int as posts,
            floor(greatest(0, extract(epoch from until - delivered_at)) / 3600)::int as hours
       from (select platform, delivered_at, state in ('gone', 'deleted') as gone,
                    coalesce(gone_at, checked_at, delivered_at) as until
               from watched_posts where delivered_at > now() - make_interval(days => $1)) watched
      group by 1, 2, 4 order by 1, 4`,
    [days],
  );
}
