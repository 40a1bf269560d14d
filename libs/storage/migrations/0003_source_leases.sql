-- Up Migration

-- One row per source: where it stands, who reads it, and how it fares. Cursor and lease share a row, so that a
-- worker that has lost the lease cannot move the cursor: both are checked and written by one statement.
alter table source_cursors rename to sources;
alter table sources
  alter column cursor drop not null,
  -- The ingest worker that reads the source; null when nobody does.
  add column holder text,
  -- Grows whenever the lease changes hands; what a worker writes carries the number it was given.
  add column fence bigint not null default 0,
  add column lease_until timestamptz,
  -- By a person; nobody reads a paused source.
  add column paused boolean not null default false,
  -- What the holder last said of it: state, counts, latest event and failure.
  add column health jsonb;

-- Who shares the sources; a worker that has not been seen for a lease's time counts as dead.
create table ingest_workers (
  worker text primary key,
  seen_at timestamptz not null
);

-- Down Migration

drop table ingest_workers;
delete from sources where cursor is null;
alter table sources
  drop column holder, drop column fence, drop column lease_until, drop column paused, drop column health,
  alter column cursor set not null;
alter table sources rename to source_cursors;
