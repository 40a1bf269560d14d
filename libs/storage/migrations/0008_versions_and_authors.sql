-- Up Migration

-- Which version of its post a flag is of; null where the post has not been edited.
alter table flags add column edited_at timestamptz;

-- Of an edited post, only the versions from before that moment are no more; null where it is the whole post.
alter table removed_posts add column older_than timestamptz;

-- Whose accounts are no more, by pseudonym. What Siaga saw of them later is there again, by their own will.
create table removed_authors (
  author text primary key,
  seen_until timestamptz not null,
  removed_at timestamptz not null default now()
);

-- Down Migration

drop table removed_authors;
alter table removed_posts drop column older_than;
alter table flags drop column edited_at;
