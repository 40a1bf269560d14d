-- Up Migration

-- The order in which people read notices: what is open by its deadline, what is settled by its deadline backwards.
create index notices_by_deadline on notices (due_at, notice_id);

-- Down Migration

drop index notices_by_deadline;
