-- Up Migration

-- Who an account is at an identity provider. Nothing else of it is believed twice: not its name, not its address.
create table identities (
  issuer text not null,
  subject text not null,
  account_id uuid not null references accounts,
  primary key (issuer, subject)
);
create index identities_by_account on identities (account_id);

-- People who were sent to the identity provider and are not back yet. Each row is used once.
create table started_sign_ins (
  state_sha256 bytea primary key,
  nonce text not null,
  code_verifier text not null,
  return_to text not null,
  expires_at timestamptz not null
);

-- The identity provider that it was opened by; null where a link did.
alter table sessions add column issuer text;

-- Down Migration

alter table sessions drop column issuer;
drop table started_sign_ins;
drop table identities;
