-- Up Migration

-- A post below every threshold that was picked at random for people to look at: it is no alert, so it belongs to no campaign
-- and to no notice. The share is the chance that it had when it was picked, from which an estimate weighs it.
alter table flags
  alter column campaign_id drop not null,
  add column audit_share double precision check (audit_share > 0 and audit_share <= 1),
  add constraint flags_audit_alone check ((audit_share is null) = (campaign_id is not null)),
  add constraint flags_audit_unreported check (audit_share is null or not reported);
create index flags_audited on flags (seq desc) where audit_share is not null;

-- What people decided, in the words of siaga.decisions; the latest on a subject counts.
create table decisions (
  decision_id text primary key,
  seq bigint generated always as identity,
  flag_id text references flags,
  campaign_id uuid references campaigns,
  action text not null check (action in ('confirm', 'dismiss', 'escalate')),
  -- Of an audited post: what it is, which may be nothing.
  categories text[],
  reason text,
  decided_by text not null,
  decided_at timestamptz not null,
  check (num_nonnulls(flag_id, campaign_id) = 1)
);
create index decisions_by_flag on decisions (flag_id, seq desc) where flag_id is not null;
create index decisions_by_campaign on decisions (campaign_id, seq desc) where campaign_id is not null;

-- Down Migration

drop table decisions;
delete from flags where audit_share is not null;
alter table flags
  drop constraint flags_audit_alone,
  drop constraint flags_audit_unreported,
  drop column audit_share,
  alter column campaign_id set not null;
