-- Up Migration

-- Who may sign in. An account is never deleted, for decisions and the evidence name it: it is disabled.
create table accounts (
  account_id uuid primary key,
  name text not null unique,
  role text not null check (role in ('viewer', 'analyst', 'lead', 'platform', 'admin')),
  -- Of a platform's account: whose notices it sees.
  platform text,
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  check ((role = 'platform') = (platform is not null))
);

-- Only hashes: whoever reads this database can neither sign in nor call the API with it.
create table sessions (
  session_id uuid primary key,
  secret_sha256 bytea not null unique,
  account_id uuid not null references accounts,
  -- The browser's own words.
  user_agent text,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  -- However busy it is, it ends then.
  expires_at timestamptz not null
);
create index sessions_by_account on sessions (account_id);

create table api_tokens (
  token_id uuid primary key,
  secret_sha256 bytea not null unique,
  account_id uuid not null references accounts,
  name text not null,
  -- Null: all that the account may. Never more than the account may when it is used.
  permissions text[],
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_tokens_by_account on api_tokens (account_id);

-- Each opens one session, once.
create table sign_in_links (
  secret_sha256 bytea primary key,
  account_id uuid not null references accounts,
  expires_at timestamptz not null
);

-- Down Migration

drop table sign_in_links;
drop table api_tokens;
drop table sessions;
drop table accounts;
