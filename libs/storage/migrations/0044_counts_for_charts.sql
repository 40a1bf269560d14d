-- Up Migration

-- Counts that charts are drawn from, kept as flags are recorded: at two million flags, nobody waits for a count of them all.
-- They name nobody, so they stay when retention deletes the flags.

-- Alerts by the hour in which they were recorded. With room on its pages, for the latest hour's rows are written again and again.
create table alert_counts (
  hour timestamptz not null,
  category text not null,
  platform text not null,
  model_name text not null,
  model_version text not null,
  alerts int not null,
  primary key (hour, category, platform, model_name, model_version)
) with (fillfactor = 50);

-- How posts scored, by day (UTC) and hundredth: every post that raised an alert, under all three categories, and the posts
-- picked for the audit with the chance that they had. So each counted post stands for 1 / share of them.
create table score_counts (
  day date not null,
  category text not null,
  -- `alert`: above the category's threshold; `beside`: below it, of a post that raised an alert under another category;
  -- `audit`: of a post below every threshold.
  kind text not null check (kind in ('alert', 'beside', 'audit')),
  share double precision not null,
  hundredth smallint not null check (hundredth between 0 and 99),
  posts int not null,
  primary key (day, category, kind, share, hundredth)
) with (fillfactor = 50);

-- Written once, for the flags of a statement and for those from before. A post's flags are recorded by one statement (see
-- insertFlags), so that this sees all categories that it is flagged under.
do $migration$
declare
  counting constant text := $sql$
    insert into alert_counts as counted (hour, category, platform, model_name, model_version, alerts)
      select date_trunc('hour', recorded_at, 'UTC'), category, platform, model_name, model_version, count(*)
        from %1$I where audit_share is null group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (hour, category, platform, model_name, model_version)
        do update set alerts = counted.alerts + excluded.alerts;
    insert into score_counts as counted (day, category, kind, share, hundredth, posts)
      with flagged as (
        select recorded_at, category, score, audit_share, scores, array_agg(category) over post as categories,
               row_number() over post as position
          from %1$I window post as (partition by post_id, audit_share)
      ),
      scored as (
        select recorded_at, category, 'alert' as kind, 1 as share, score from flagged where audit_share is null
        union all
        select recorded_at, other.key, case when audit_share is null then 'beside' else 'audit' end,
               coalesce(audit_share, 1), other.value::double precision
          from flagged cross join jsonb_each_text(scores) other
         where position = 1 and (audit_share is not null or other.key <> all (categories))
      )
      select (recorded_at at time zone 'UTC')::date, category, kind, share,
             greatest(0, least(99, floor(score * 100)))::smallint, count(*)
        from scored group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (day, category, kind, share, hundredth) do update set posts = counted.posts + excluded.posts;
  $sql$;
begin
  execute format(counting, 'flags');
  execute 'create function count_flags() returns trigger language plpgsql as $function$ begin '
    || format(counting, 'added') || ' return null; end $function$';
end $migration$;

create trigger count_flags after insert on flags referencing new table as added
  for each statement execute function count_flags();

-- A table that is emptied has no past.
create function forget_counts() returns trigger language plpgsql as $$
begin
  truncate alert_counts, score_counts;
  return null;
end $$;
create trigger forget_counts after truncate on flags for each statement execute function forget_counts();

-- Reports and charts are about the notices of a span of time, and about what became of the posts that they list.
create index notices_by_time on notices (created_at);
create index watched_posts_by_time on watched_posts (delivered_at);

-- Down Migration

drop index notices_by_time, watched_posts_by_time;
drop trigger forget_counts on flags;
drop trigger count_flags on flags;
drop function forget_counts;
drop function count_flags;
drop table alert_counts, score_counts;
