-- Up Migration

-- What platforms have made of our notices lately, and whether that lets them be sent to without a person.
create table platform_precision (
  platform text primary key,
  -- Notices of the last days on which the platform's latest word is a judgement, and those among them that it rejects or disputes.
  judged int not null default 0,
  wrong int not null default 0,
  days double precision not null default 0,
  budget double precision not null default 1,
  over_budget boolean not null default false,
  -- Of `over_budget`.
  changed_at timestamptz not null default now()
);
create index answers_by_time on answers (received_at);

-- Down Migration

drop index answers_by_time;
drop table platform_precision;
