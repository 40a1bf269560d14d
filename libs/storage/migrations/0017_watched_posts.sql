-- Up Migration

-- Whether the posts that a delivered notice lists are watched. However a delivery came to be delivered, it is found by this.
alter table deliveries add column watched boolean not null default false;
create index deliveries_to_watch on deliveries (delivered_at) where state = 'delivered' and kind = 'notice' and not watched;

-- What became of the posts that platforms were told of.
create table watched_posts (
  notice_id uuid not null references notices on delete cascade,
  post_id text not null,
  platform text not null,
  url text not null,
  -- Where it is looked up, which may be the platform's API.
  host text not null,
  -- `deleted`: the author's deletion came through the source; `gone`: it was not there when it was looked up.
  state text not null default 'unseen' check (state in ('unseen', 'up', 'edited', 'gone', 'deleted')),
  -- Of the flagged version.
  captured_at timestamptz not null,
  delivered_at timestamptz not null,
  -- Of the normalised text at the first look that could read one.
  text_sha256 text,
  -- Null when it is watched no longer.
  next_check_at timestamptz,
  checked_at timestamptz,
  gone_at timestamptz,
  -- Why the latest look told nothing.
  last_error text,
  primary key (notice_id, post_id)
);
create index watched_posts_due on watched_posts (host, next_check_at) where next_check_at is not null;
create index watched_posts_by_platform on watched_posts (platform, delivered_at);

-- One worker at a time asks a host, and none before it is free again: its rate holds for the whole fleet.
create table checked_hosts (
  host text primary key,
  free_at timestamptz not null default now(),
  -- In a row.
  failures int not null default 0
);

-- Down Migration

drop table checked_hosts, watched_posts;
drop index deliveries_to_watch;
alter table deliveries drop column watched;
