-- Up Migration

-- Where each source stands; written only after Kafka has acknowledged what lies before it.
create table source_cursors (
  source text primary key,
  cursor jsonb not null,
  updated_at timestamptz not null default now()
);

-- Near-copies of one text, per category: the unit of work.
create table campaigns (
  campaign_id uuid primary key,
  category text not null,
  -- MinHash signature of the first member, against which later ones are compared.
  signature int[] not null,
  created_at timestamptz not null default now()
);

-- Locality-sensitive hashing: texts that agree in one whole band are candidates for the same campaign.
create table campaign_bands (
  category text not null,
  band smallint not null,
  hash int not null,
  campaign_id uuid not null references campaigns on delete cascade,
  primary key (category, band, hash, campaign_id)
);

create table flags (
  -- Assigned under the flag writers' lock, so that its order is the order of commits: what live readers resume by.
  seq bigint generated always as identity unique,
  flag_id text primary key,
  campaign_id uuid not null references campaigns,
  -- Whether the campaign's notice to the platform lists this post: a post is reported under one category only.
  reported boolean not null,
  post_id text not null,
  category text not null,
  platform text not null,
  url text,
  author text,
  language text,
  text text not null,
  text_sha256 text not null,
  source text not null,
  score double precision not null,
  threshold double precision not null,
  escalate_threshold double precision not null,
  scores jsonb not null,
  labels jsonb,
  model_name text not null,
  model_version text not null,
  reasons jsonb not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  flagged_at timestamptz not null,
  recorded_at timestamptz not null default now()
);
create index flags_by_category on flags (category, seq desc);
create index flags_by_platform on flags (platform, seq desc);
create index flags_by_campaign on flags (campaign_id, seq);
create index flags_by_post on flags (post_id);

-- One notice per campaign and platform, for ever: the promise not to send the same thing twice.
create table notices (
  notice_id uuid primary key,
  campaign_id uuid not null references campaigns,
  platform text not null,
  category text not null,
  urgency text not null,
  due_at timestamptz not null,
  created_at timestamptz not null default now(),
  -- The platform's latest word, null until it has answered.
  answer_state text,
  unique (campaign_id, platform)
);

-- A revision of a notice on its way through a channel. The row exists before anything is sent.
create table deliveries (
  delivery_id uuid primary key,
  notice_id uuid not null references notices,
  revision int not null,
  channel text not null,
  state text not null check (state in ('scheduled', 'sending', 'uncertain', 'delivered', 'failed')),
  -- Frozen when first claimed: every attempt sends the same bytes under the same id.
  payload text,
  attempts int not null default 0,
  next_attempt_at timestamptz not null,
  claimed_until timestamptz,
  last_error text,
  created_at timestamptz not null default now(),
  delivered_at timestamptz,
  unique (notice_id, revision, channel)
);
create index deliveries_due on deliveries (next_attempt_at) where state in ('scheduled', 'sending', 'uncertain');

-- What a platform answered; its own message id makes a repeat harmless.
create table answers (
  answer_id text primary key,
  notice_id uuid not null references notices,
  state text not null,
  reason text,
  reference text,
  received_at timestamptz not null default now()
);
create index answers_by_notice on answers (notice_id, received_at);

-- Down Migration

drop table answers, deliveries, notices, flags, campaign_bands, campaigns, source_cursors;
