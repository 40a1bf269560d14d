-- Up Migration

-- Links under which a person at a platform answers a notice without an account. Who has the link may answer once, so only
-- the hash of its secret is kept: a copy of the database answers nothing.
create table answer_links (
  token_sha256 bytea primary key check (length(token_sha256) = 32),
  notice_id uuid not null references notices on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- The link whose answer made this one, so that the platform can go on.
  follows bytea references answer_links,
  used_at timestamptz,
  -- What was answered with it.
  answer_state text,
  check ((used_at is null) = (answer_state is null))
);
create index answer_links_by_notice on answer_links (notice_id);

-- Down Migration

drop table answer_links;
