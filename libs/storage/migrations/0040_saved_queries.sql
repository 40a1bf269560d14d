-- Up Migration

-- A list of flags that somebody comes back to, in the query language of the API.
create table saved_queries (
  query_id uuid primary key,
  account_id uuid not null references accounts,
  name text not null,
  -- Whether the whole desk reads it. Its owner alone changes it.
  shared boolean not null,
  -- The parameters, as the API takes them.
  query jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Of the address for feed readers, which send no header. Only the hash: a copy of the database reads nothing.
  feed_secret_sha256 bytea unique check (length(feed_secret_sha256) = 32),
  feed_made_at timestamptz,
  feed_read_at timestamptz,
  check ((feed_secret_sha256 is null) = (feed_made_at is null))
);
create index saved_queries_by_account on saved_queries (account_id);
create index saved_queries_shared on saved_queries (query_id) where shared;

-- Whoever is sent what a saved query finds, and how far they have been told.
create table subscriptions (
  subscription_id uuid primary key,
  query_id uuid not null references saved_queries on delete cascade,
  account_id uuid not null references accounts,
  kind text not null check (kind in ('webhook', 'digest')),
  -- Of a webhook. Its key is derived from a secret of the fleet and is not here.
  url text,
  -- Of a digest: whose mailbox, and the hour of the day in Jakarta; every hour where there is none.
  recipient text,
  at_hour smallint check (at_hour between 0 and 23),
  state text not null default 'active' check (state in ('active', 'paused', 'ended')),
  -- Why it ended.
  ended_why text,
  -- All changes of flags up to this number have been sent or were none of the query's.
  after_seq bigint not null,
  -- Where the message that was begun ends; it stays until it has arrived, so that what is sent again carries the same id.
  begun_to bigint,
  due_at timestamptz not null,
  -- One worker at a time; a greater fence is a later one.
  leased_until timestamptz,
  fence bigint not null default 0,
  -- In a row, and since when.
  failures int not null default 0,
  failing_since timestamptz,
  last_error text,
  sent_at timestamptz,
  sent_flags bigint not null default 0,
  created_at timestamptz not null default now(),
  check ((kind = 'webhook') = (url is not null)),
  check ((kind = 'digest') = (recipient is not null))
);
create index subscriptions_due on subscriptions (due_at) where state = 'active';
create index subscriptions_by_query on subscriptions (query_id);
create index subscriptions_by_account on subscriptions (account_id);

-- Down Migration

drop table subscriptions, saved_queries;
