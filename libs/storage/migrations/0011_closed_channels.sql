-- Up Migration

-- Ways to platforms whose other end said for good that it takes no more (HTTP 410). Deliveries wait for as long as the
-- row stands: until a person opens the way again, or the policy names another one under its name.
create table closed_channels (
  platform text not null,
  channel text not null,
  -- Of the policy's entry that was in use.
  entry_sha256 text not null,
  reason text not null,
  closed_at timestamptz not null default now(),
  primary key (platform, channel)
);

-- Down Migration

drop table closed_channels;
