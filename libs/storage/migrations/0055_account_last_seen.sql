-- Up Migration

-- When somebody last came as the account: its sessions, which end and go, do not tell.
alter table accounts add column last_seen_at timestamptz;
update accounts a set last_seen_at = greatest(
  (select max(last_seen_at) from sessions s where s.account_id = a.account_id),
  (select max(last_used_at) from api_tokens t where t.account_id = a.account_id)
);

-- Down Migration

alter table accounts drop column last_seen_at;
