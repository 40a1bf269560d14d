-- Up Migration

-- A hoax is often older than its fact-check: a flag that gains a claim after it was recorded says when, and has a place among
-- the changes that live readers follow.
alter table flags add column debunked_at timestamptz, add column debunked_seq bigint;
create unique index flags_by_debunking on flags (debunked_seq) where debunked_seq is not null;

-- Down Migration

drop index flags_by_debunking;
alter table flags drop column debunked_at, drop column debunked_seq;
