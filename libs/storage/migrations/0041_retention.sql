-- Up Migration

-- A legal hold: nothing of the campaign goes by retention or erasure while it stands.
alter table campaigns
  add column hold_at timestamptz,
  add column hold_by text,
  add column hold_reason text,
  add constraint campaigns_held check ((hold_at is null) = (hold_by is null) and (hold_at is null) = (hold_reason is null));

-- One worker at a time sees to a class of data; what it has removed in all.
create table retention_classes (
  class text primary key,
  leased_until timestamptz,
  finished_at timestamptz,
  removed bigint not null default 0
);

-- Authors who have asked to be forgotten. The pseudonym is here until all of theirs is gone; after that only its hash.
create table erasures (
  erasure_id uuid primary key,
  author text,
  author_sha256 text not null,
  reason text not null,
  requested_by text not null,
  requested_at timestamptz not null default now(),
  done_at timestamptz,
  check (author is not null or done_at is not null)
);
create index erasures_open on erasures (requested_at) where done_at is null;

-- Of their flags, those whose rows are still there: without texts and names, but with addresses.
create table erasure_flags (
  erasure_id uuid not null references erasures on delete cascade,
  flag_id text not null references flags on delete cascade,
  primary key (erasure_id, flag_id)
);
create index erasure_flags_by_flag on erasure_flags (flag_id);

-- What still has its text, by age.
create index flags_with_text on flags (recorded_at) where removed_at is null;

-- Statistics for the planner hold the commonest values: texts and pseudonyms must not live on there.
alter table flags
  alter column text set statistics 0,
  alter column reasons set statistics 0,
  alter column author set statistics 0,
  alter column url set statistics 0;
alter table deliveries alter column payload set statistics 0;
alter table answers alter column reason set statistics 0, alter column reference set statistics 0;
alter table decisions alter column reason set statistics 0;
alter table removed_authors alter column author set statistics 0;
alter table watched_posts alter column url set statistics 0;
alter table delivery_parts alter column item set statistics 0;
alter table erasures alter column author set statistics 0;
-- Analysing an empty table leaves what was known of it.
alter table erasure_flags alter column flag_id set statistics 0;

-- Down Migration

alter table flags
  alter column text set statistics -1,
  alter column reasons set statistics -1,
  alter column author set statistics -1,
  alter column url set statistics -1;
alter table deliveries alter column payload set statistics -1;
alter table answers alter column reason set statistics -1, alter column reference set statistics -1;
alter table decisions alter column reason set statistics -1;
alter table removed_authors alter column author set statistics -1;
alter table watched_posts alter column url set statistics -1;
alter table delivery_parts alter column item set statistics -1;
drop index flags_with_text;
drop table erasure_flags, erasures, retention_classes;
alter table campaigns drop constraint campaigns_held, drop column hold_at, drop column hold_by, drop column hold_reason;
