-- Up Migration

-- What people have decided, kept beside what it is about, so that lists are filtered by an index. A decision about the flag
-- itself goes before one about its campaign; a flag that joins a decided campaign begins with its state.
alter table campaigns
  add column review_state text not null default 'open'
    check (review_state in ('open', 'confirmed', 'dismissed', 'escalated', 'disputed')),
  -- Of the decision that governs it; null while it is open.
  add column review_seq bigint,
  -- Who has given the first of two words about it. Nobody learns the word before the second is given.
  add column held_by text,
  add column assignee text;
alter table flags
  add column review_state text not null default 'open'
    check (review_state in ('open', 'confirmed', 'dismissed', 'escalated', 'disputed')),
  add column review_seq bigint,
  -- Whether that decision is about this very flag, not about its campaign.
  add column reviewed_itself boolean not null default false,
  add column held_by text,
  add column assignee text;

alter table decisions
  drop constraint decisions_action_check,
  add constraint decisions_action_check check (action in
    ('confirm', 'dismiss', 'escalate', 'known-hoax', 'assign', 'comment', 'merge', 'split', 'undo')),
  -- What else it says, by its action: who it is assigned to, which campaigns and flags it moves, the claim it makes.
  add column details jsonb,
  add column undoes text references decisions,
  add column undone_by text references decisions,
  -- `held`: the first of two words, without effect; `contested`: one of two that differ, until somebody settles it.
  add column standing text not null default 'counts' check (standing in ('counts', 'held', 'contested')),
  -- The first word, of which this is the second.
  add column second_of text references decisions,
  -- What notify has to do about it: send what it is about, or let what was dismissed go on.
  add column task text check (task in ('escalate', 'resume')),
  add column acted_at timestamptz,
  -- Its place among flags and removals, for live readers; null of those from before this column.
  add column change_seq bigint;

update decisions set task = 'escalate' where action = 'escalate';
drop index decisions_to_act_on;
create index decisions_to_act_on on decisions (seq) where task is not null and outcome is null and undone_by is null;
create unique index decisions_by_change on decisions (change_seq) where change_seq is not null;
create index decisions_undone on decisions (undone_by) where undone_by is not null;

with latest as (
  select distinct on (campaign_id) campaign_id, action, seq from decisions where campaign_id is not null
   order by campaign_id, seq desc
)
update campaigns c set review_seq = latest.seq, review_state =
       case action when 'confirm' then 'confirmed' when 'dismiss' then 'dismissed' else 'escalated' end
  from latest where latest.campaign_id = c.campaign_id;
with latest as (
  select distinct on (f.flag_id) f.flag_id, d.action, d.seq, d.flag_id is not null as itself
    from decisions d join flags f on f.flag_id = d.flag_id or f.campaign_id = d.campaign_id
   order by f.flag_id, d.flag_id is not null desc, d.seq desc
)
update flags f set review_seq = latest.seq, reviewed_itself = itself, review_state =
       case action when 'confirm' then 'confirmed' when 'dismiss' then 'dismissed' else 'escalated' end
  from latest where latest.flag_id = f.flag_id;

create index flags_by_review on flags (review_state, seq desc);

-- Down Migration

drop index flags_by_review, decisions_undone, decisions_by_change, decisions_to_act_on;
delete from decisions where action not in ('confirm', 'dismiss', 'escalate') or standing <> 'counts' or undone_by is not null;
alter table decisions
  drop constraint decisions_action_check,
  add constraint decisions_action_check check (action in ('confirm', 'dismiss', 'escalate')),
  drop column details, drop column undoes, drop column undone_by, drop column standing, drop column second_of,
  drop column task, drop column acted_at, drop column change_seq;
create index decisions_to_act_on on decisions (seq) where action = 'escalate' and outcome is null;
alter table flags
  drop column review_state, drop column review_seq, drop column reviewed_itself, drop column held_by, drop column assignee;
alter table campaigns drop column review_state, drop column review_seq, drop column held_by, drop column assignee;
