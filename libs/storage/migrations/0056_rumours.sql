-- Up Migration

-- Texts that several people post alike and that nobody has checked: for people to watch, never for a platform. No flag, campaign or
-- notice refers to them.
create table rumours (
  rumour_id uuid primary key,
  -- MinHash signature of the text that it was found by, and its bands, by which later copies find it.
  signature int[] not null,
  bands int[] not null,
  state text not null default 'unverified' check (state in ('unverified', 'dismissed', 'debunked')),
  decided_by text,
  decided_at timestamptz,
  -- Of a debunked one: where its posts are now.
  campaign_id uuid references campaigns on delete set null,
  posts int not null,
  -- How many have posted it, as the sketch estimates: it holds no names.
  voices int not null,
  voice_sketch bytea not null,
  -- Logarithm of the voices, each weighed by how late it came: its order stays right while time goes by.
  heat double precision not null,
  platforms jsonb not null,
  hours jsonb not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null
);
create index rumours_by_band on rumours using gin (bands);
create index rumours_by_heat on rumours (heat, rumour_id);
create index rumours_by_last on rumours (last_seen_at, rumour_id);

-- A few examples of each.
create table rumour_posts (
  rumour_id uuid not null references rumours on delete cascade,
  post_id text not null,
  platform text not null,
  url text,
  author text,
  text text not null,
  seen_at timestamptz not null,
  edited_at timestamptz,
  primary key (rumour_id, post_id)
);
create index rumour_posts_by_post on rumour_posts (post_id);
create index rumour_posts_by_author on rumour_posts (author);
-- The planner keeps no sample of texts and pseudonyms, for nobody could find it to delete it.
alter table rumour_posts
  alter column text set statistics 0,
  alter column author set statistics 0,
  alter column url set statistics 0;

-- Down Migration

drop table rumour_posts;
drop table rumours;
