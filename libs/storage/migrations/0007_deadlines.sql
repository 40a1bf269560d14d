-- Up Migration

alter table notices
  -- How far the clock has been acted on: 1 the first reminder, 2 the second, 3 the deadline itself.
  add column deadline_stage smallint not null default 0 check (deadline_stage between 0 and 3),
  -- Since when the platform waits for information from us: its deadline does not run meanwhile.
  add column paused_at timestamptz,
  -- How long it has waited before; `due_at` has been moved by as much.
  add column paused interval not null default '0';

-- What a delivery is: the notice, or a message about it.
alter table deliveries
  add column kind text not null default 'notice',
  drop constraint deliveries_notice_id_revision_channel_key,
  add constraint deliveries_once unique (notice_id, revision, channel, kind);

-- Down Migration

delete from deliveries where kind <> 'notice';
alter table deliveries
  drop constraint deliveries_once,
  add constraint deliveries_notice_id_revision_channel_key unique (notice_id, revision, channel),
  drop column kind;
alter table notices drop column deadline_stage, drop column paused_at, drop column paused;
