-- Up Migration

-- How many flags of a campaign nobody has decided about: counted when that changes, as its size is.
alter table campaigns add column open int not null default 0;

create or replace function count_campaigns(ids uuid[]) returns void language sql as $$
  delete from campaign_platforms where campaign_id = any(ids);
  insert into campaign_platforms (campaign_id, platform, posts)
  select campaign_id, platform, count(*) from flags where campaign_id = any(ids) group by campaign_id, platform;
  update campaigns c set size = coalesce(members.size, 0), open = coalesce(members.open, 0), first_seen_at = members.first,
         last_seen_at = members.last, top_score = members.score
    from unnest(ids) as id left join (
      select campaign_id, count(*) as size, count(*) filter (where review_state = 'open') as open,
             min(recorded_at) as first, max(recorded_at) as last, max(score) as score
        from flags where campaign_id = any(ids) group by campaign_id
    ) members on members.campaign_id = id
   where c.campaign_id = id;
$$;

create or replace function campaigns_grow() returns trigger language plpgsql as $$
begin
  insert into campaign_platforms as known (campaign_id, platform, posts)
  select campaign_id, platform, count(*) from added where campaign_id is not null group by campaign_id, platform
      on conflict (campaign_id, platform) do update set posts = known.posts + excluded.posts;
  update campaigns c set size = c.size + members.size, open = c.open + members.open,
         first_seen_at = least(c.first_seen_at, members.first), last_seen_at = greatest(c.last_seen_at, members.last),
         top_score = greatest(c.top_score, members.score)
    from (
      select campaign_id, count(*) as size, count(*) filter (where review_state = 'open') as open,
             min(recorded_at) as first, max(recorded_at) as last, max(score) as score
        from added group by campaign_id
    ) members
   where c.campaign_id = members.campaign_id;
  return null;
end $$;

create or replace function campaigns_move() returns trigger language plpgsql as $$
declare moved uuid[];
begin
  select array_agg(distinct id) into moved from before_it join after_it using (seq),
         unnest(array[before_it.campaign_id, after_it.campaign_id]) as id
   where before_it.campaign_id is distinct from after_it.campaign_id and id is not null;
  if moved is not null then perform count_campaigns(moved); end if;
  update campaigns c set open = c.open + changed.more
    from (
      select after_it.campaign_id, sum((after_it.review_state = 'open')::int - (before_it.review_state = 'open')::int) as more
        from before_it join after_it using (seq)
       where before_it.review_state <> after_it.review_state group by after_it.campaign_id
    ) changed
   where c.campaign_id = changed.campaign_id and changed.more <> 0 and c.campaign_id <> all(coalesce(moved, '{}'));
  return null;
end $$;

update campaigns c set open = members.open
  from (select campaign_id, count(*) as open from flags where review_state = 'open' group by campaign_id) members
 where c.campaign_id = members.campaign_id;

create index campaigns_open on campaigns (last_seen_at, campaign_id) where open > 0;

-- Down Migration

drop index campaigns_open;

create or replace function count_campaigns(ids uuid[]) returns void language sql as $$
  delete from campaign_platforms where campaign_id = any(ids);
  insert into campaign_platforms (campaign_id, platform, posts)
  select campaign_id, platform, count(*) from flags where campaign_id = any(ids) group by campaign_id, platform;
  update campaigns c set size = coalesce(members.size, 0), first_seen_at = members.first, last_seen_at = members.last,
         top_score = members.score
    from unnest(ids) as id left join (
      select campaign_id, count(*) as size, min(recorded_at) as first, max(recorded_at) as last, max(score) as score
        from flags where campaign_id = any(ids) group by campaign_id
    ) members on members.campaign_id = id
   where c.campaign_id = id;
$$;

create or replace function campaigns_grow() returns trigger language plpgsql as $$
begin
  insert into campaign_platforms as known (campaign_id, platform, posts)
  select campaign_id, platform, count(*) from added where campaign_id is not null group by campaign_id, platform
      on conflict (campaign_id, platform) do update set posts = known.posts + excluded.posts;
  update campaigns c set size = c.size + members.size, first_seen_at = least(c.first_seen_at, members.first),
         last_seen_at = greatest(c.last_seen_at, members.last), top_score = greatest(c.top_score, members.score)
    from (
      select campaign_id, count(*) as size, min(recorded_at) as first, max(recorded_at) as last, max(score) as score
        from added group by campaign_id
    ) members
   where c.campaign_id = members.campaign_id;
  return null;
end $$;

create or replace function campaigns_move() returns trigger language plpgsql as $$
declare moved uuid[];
begin
  select array_agg(distinct id) into moved from before_it join after_it using (seq),
         unnest(array[before_it.campaign_id, after_it.campaign_id]) as id
   where before_it.campaign_id is distinct from after_it.campaign_id and id is not null;
  if moved is not null then perform count_campaigns(moved); end if;
  return null;
end $$;

alter table campaigns drop column open;
