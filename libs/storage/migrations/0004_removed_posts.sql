-- Up Migration

-- Posts that their authors have taken down. A flag that is still on its way when that happens finds its post here.
create table removed_posts (
  post_id text primary key,
  removed_at timestamptz not null default now()
);
create index removed_posts_by_time on removed_posts (removed_at);

-- Since when the text is gone; its hash and scores stay as evidence.
alter table flags add column removed_at timestamptz;

-- Down Migration

alter table flags drop column removed_at;
drop table removed_posts;
