-- Up Migration

-- The account that gave the answer; null where a program or the holder of a link did.
alter table answers add column answered_by text;
-- What a platform's people see, the most urgent first.
create index notices_of_platform on notices (platform, due_at, notice_id);

-- Down Migration

drop index notices_of_platform;
alter table answers drop column answered_by;
