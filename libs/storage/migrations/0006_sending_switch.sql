-- Up Migration

-- The kill switch: one row, read whenever a delivery is claimed.
create table sending_switch (
  single boolean primary key default true check (single),
  stopped boolean not null default false,
  changed_at timestamptz not null default now(),
  changed_by text,
  reason text
);
insert into sending_switch default values;

-- Down Migration

drop table sending_switch;
