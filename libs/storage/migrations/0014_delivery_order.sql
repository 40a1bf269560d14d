-- Up Migration

-- The notice's deadline, kept beside what waits for it: with an index in the order of sending, the next delivery is found
-- without looking at the whole backlog.
alter table deliveries add column due_at timestamptz;
update deliveries d set due_at = n.due_at from notices n where n.notice_id = d.notice_id;
alter table deliveries alter column due_at set not null;

create function delivery_due_at() returns trigger language plpgsql as $$
begin
  new.due_at := (select due_at from notices where notice_id = new.notice_id);
  return new;
end $$;
create trigger due_at before insert on deliveries for each row execute function delivery_due_at();

create function deliveries_follow_due_at() returns trigger language plpgsql as $$
begin
  update deliveries set due_at = new.due_at
   where notice_id = new.notice_id and state not in ('delivered', 'failed');
  return null;
end $$;
create trigger due_at after update of due_at on notices
  for each row when (new.due_at is distinct from old.due_at) execute function deliveries_follow_due_at();

drop index deliveries_due;
create index deliveries_in_order on deliveries (due_at, created_at)
  where state in ('scheduled', 'sending', 'uncertain', 'asking');

-- Down Migration

drop index deliveries_in_order;
create index deliveries_due on deliveries (next_attempt_at) where state in ('scheduled', 'sending', 'uncertain', 'asking');
drop trigger due_at on notices;
drop trigger due_at on deliveries;
drop function deliveries_follow_due_at;
drop function delivery_due_at;
alter table deliveries drop column due_at;
