-- Up Migration

-- What fact-checkers and the desk found claims to be: the authority of which siaga.claims is the copy that classify reads.
create table claims (
  claim_id text primary key,
  text text not null,
  verdict text not null,
  url text not null,
  publisher text not null,
  language text,
  published_at timestamptz not null,
  -- Addresses and kinds of the pictures and videos that the claim goes with, as its checker names them.
  media jsonb,
  origin text not null check (origin in ('feed', 'import', 'decision')),
  -- A disabled claim matches nothing; a confirmed one was looked at by a person.
  state text not null default 'active' check (state in ('active', 'confirmed', 'disabled')),
  -- Once a person has changed its words, its checker's later versions do not.
  edited_by text,
  recorded_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- One article says one thing once, however it is spelt and from wherever it came.
  text_md5 text generated always as (md5(lower(regexp_replace(text, '\s+', ' ', 'g')))) stored,
  unique (url, text_md5)
);
create index claims_by_time on claims (published_at, claim_id);
create index claims_by_words on claims using gin (to_tsvector('indonesian', text));

-- Down Migration

drop table claims;
