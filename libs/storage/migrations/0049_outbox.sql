-- Up Migration

-- What is to be published, written in the transaction that it tells of: published at least once, in order, or not at all.
create table outbox (
  seq bigint generated always as identity primary key,
  topic text not null,
  key text not null,
  -- Null: a tombstone.
  value bytea,
  created_at timestamptz not null default now()
);

-- Down Migration

drop table outbox;
