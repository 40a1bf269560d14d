-- Up Migration

-- Whether some attempt may have arrived, as far as nobody has said since that it has not: such a delivery goes no other way
-- by itself. Of those that failed before this column nobody knows.
alter table deliveries add column doubted boolean not null default false;
update deliveries set doubted = true where state in ('sending', 'uncertain', 'asking', 'unsure', 'failed');

-- Those that may go another way, by how near their deadline is.
create index deliveries_to_redirect on deliveries (due_at) where kind = 'notice' and state in ('scheduled', 'failed');

-- Down Migration

drop index deliveries_to_redirect;
alter table deliveries drop column doubted;
