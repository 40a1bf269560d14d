-- Up Migration

-- `asking`: taken, after an attempt that may have arrived; `unsure`: nobody can tell, a person decides; `by-hand`: a person
-- forwards it. What leads from which to which is in src/delivery-states.ts.
alter table deliveries
  drop constraint deliveries_state_check,
  add constraint deliveries_state_check check
    (state in ('scheduled', 'sending', 'uncertain', 'asking', 'unsure', 'by-hand', 'delivered', 'failed'));

drop index deliveries_due;
create index deliveries_due on deliveries (next_attempt_at) where state in ('scheduled', 'sending', 'uncertain', 'asking');
create index deliveries_for_people on deliveries (created_at) where state in ('unsure', 'by-hand');

-- What a channel that takes one post, or one account's posts, a call has done of a notice. The row exists before the call is
-- made. Its key makes it impossible to report a post twice, in a later revision too.
create table delivery_parts (
  notice_id uuid not null references notices on delete cascade,
  channel text not null,
  -- The address of a post, or the id of a delivery that is a message about the notice.
  item text not null,
  delivery_id uuid not null references deliveries on delete cascade,
  -- `begun`: the call is under way, or ended without anybody knowing how; `refused`: the platform never will take this one.
  state text not null check (state in ('begun', 'acknowledged', 'gone', 'refused')),
  -- The platform's number for it, or why it was not sent.
  note text,
  changed_at timestamptz not null default now(),
  primary key (notice_id, channel, item)
);
create index delivery_parts_by_delivery on delivery_parts (delivery_id);

-- Down Migration

drop table delivery_parts;
drop index deliveries_for_people, deliveries_due;
update deliveries set state = 'uncertain' where state = 'asking';
update deliveries set state = 'failed' where state in ('unsure', 'by-hand');
alter table deliveries
  drop constraint deliveries_state_check,
  add constraint deliveries_state_check check (state in ('scheduled', 'sending', 'uncertain', 'delivered', 'failed'));
create index deliveries_due on deliveries (next_attempt_at) where state in ('scheduled', 'sending', 'uncertain');
