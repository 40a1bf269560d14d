-- Up Migration

-- What lists of campaigns are sorted by, and how big a flag's campaign is: counted when it changes, for a campaign may have
-- a hundred thousand members, and fifty are shown on a page.
alter table campaigns
  add column size int not null default 0,
  add column first_seen_at timestamptz,
  add column last_seen_at timestamptz,
  add column top_score double precision;
create table campaign_platforms (
  campaign_id uuid not null references campaigns on delete cascade,
  platform text not null,
  posts int not null,
  primary key (campaign_id, platform)
);

create function count_campaigns(ids uuid[]) returns void language sql as $$
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

create function campaigns_grow() returns trigger language plpgsql as $$
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
create trigger campaigns_grow after insert on flags
  referencing new table as added for each statement execute function campaigns_grow();

create function campaigns_move() returns trigger language plpgsql as $$
declare moved uuid[];
begin
  select array_agg(distinct id) into moved from before_it join after_it using (seq),
         unnest(array[before_it.campaign_id, after_it.campaign_id]) as id
   where before_it.campaign_id is distinct from after_it.campaign_id and id is not null;
  if moved is not null then perform count_campaigns(moved); end if;
  return null;
end $$;
create trigger campaigns_move after update on flags
  referencing old table as before_it new table as after_it for each statement execute function campaigns_move();

create function campaigns_shrink() returns trigger language plpgsql as $$
begin
  perform count_campaigns(coalesce((select array_agg(distinct campaign_id) from gone where campaign_id is not null), '{}'));
  return null;
end $$;
create trigger campaigns_shrink after delete on flags
  referencing old table as gone for each statement execute function campaigns_shrink();

insert into campaign_platforms (campaign_id, platform, posts)
select campaign_id, platform, count(*) from flags where campaign_id is not null group by campaign_id, platform;
update campaigns c set size = members.size, first_seen_at = members.first, last_seen_at = members.last, top_score = members.score
  from (
    select campaign_id, count(*) as size, min(recorded_at) as first, max(recorded_at) as last, max(score) as score
      from flags group by campaign_id
  ) members
 where c.campaign_id = members.campaign_id;

create index campaigns_by_last on campaigns (last_seen_at, campaign_id);
create index campaigns_by_size on campaigns (size, campaign_id);
create index campaigns_by_top_score on campaigns (top_score, campaign_id);
create index campaign_platforms_by_platform on campaign_platforms (platform);
-- For the strongest member.
create index flags_by_campaign_score on flags (campaign_id, score, seq);

-- Down Migration

drop trigger campaigns_grow on flags;
drop trigger campaigns_move on flags;
drop trigger campaigns_shrink on flags;
drop function campaigns_grow, campaigns_move, campaigns_shrink, count_campaigns;
drop index flags_by_campaign_score;
drop table campaign_platforms;
alter table campaigns drop column size, drop column first_seen_at, drop column last_seen_at, drop column top_score;
