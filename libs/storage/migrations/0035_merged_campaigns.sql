-- Up Migration

-- A campaign that was merged stays, for its texts: what is a copy of them joins the campaign that it lives in.
alter table campaigns
  add column merged_into uuid references campaigns on delete set null,
  -- The end of that chain; null while it lives by itself.
  add column lives_in uuid references campaigns on delete set null;
create index campaigns_merged on campaigns (lives_in) where lives_in is not null;
create index campaigns_merged_into on campaigns (merged_into) where merged_into is not null;

alter table flags
  -- The campaign whose text the flag's is a copy of, where it lives in another one.
  add column home_campaign_id uuid,
  -- The campaign whose notice lists the flag's post, where the flag has gone to another one since.
  add column reported_in uuid;
create index flags_reported_elsewhere on flags (reported_in) where reported_in is not null;
-- What notices list and people have not dismissed: looked up whenever a delivery is claimed.
create index flags_listed on flags (campaign_id, platform) where reported and review_state <> 'dismissed';

-- Pairs of words about one thing, for the figures of agreement.
create index decisions_second on decisions (decided_at) where second_of is not null;
create index decisions_held on decisions (seq) where standing = 'held' and undone_by is null;
create index campaigns_by_review on campaigns (review_state, campaign_id) where review_state <> 'open';

-- Which decision to escalate brought the flag's post onto a notice; null where policy did.
alter table flags add column reported_by text;

-- Down Migration

drop index campaigns_by_review, decisions_held, decisions_second, flags_listed, flags_reported_elsewhere, campaigns_merged;
update flags set campaign_id = home_campaign_id where home_campaign_id is not null;
alter table flags drop column home_campaign_id, drop column reported_in, drop column reported_by;
alter table campaigns drop column merged_into, drop column lives_in;
