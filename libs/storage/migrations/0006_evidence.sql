-- Up Migration

-- What the fleet did, in the order in which it did it. Each row's hash covers the row and the hash before it, so that no
-- row can be changed, removed or slipped in unnoticed. It holds hashes and ids and no text: it outlives what it is about.
create table evidence (
  seq bigint primary key,
  recorded_at timestamptz(3) not null,
  event text not null,
  -- The flag, notice, delivery or post that it is about.
  subject text not null,
  -- JSON, byte for byte as it was hashed.
  body text not null,
  hash text not null
);
create index evidence_by_subject on evidence (subject, seq);

-- Against accidents; against a person with the database's password there is the chain.
create function evidence_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'evidence is append-only';
end $$;
create trigger append_only before update or delete or truncate on evidence
  for each statement execute function evidence_is_append_only();

-- Down Migration

drop table evidence;
drop function evidence_is_append_only;
