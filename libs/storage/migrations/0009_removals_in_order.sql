-- Up Migration

-- The removal of a post's text takes a number from the same sequence as the flags, under the same lock: one position tells a
-- live reader which flags and which removals it has not seen.
alter table flags add column removed_seq bigint;
create unique index flags_by_removal on flags (removed_seq) where removed_seq is not null;

-- Down Migration

drop index flags_by_removal;
alter table flags drop column removed_seq;
