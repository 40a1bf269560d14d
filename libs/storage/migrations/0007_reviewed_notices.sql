-- Up Migration

-- Who decided that the notice goes out; null where policy did. Later copies follow a person's decision by themselves.
alter table notices add column reviewed_by text;

-- What came of a decision to escalate: null until notify has acted on it.
alter table decisions add column outcome text;
create index decisions_to_act_on on decisions (seq) where action = 'escalate' and outcome is null;

-- Down Migration

drop index decisions_to_act_on;
alter table decisions drop column outcome;
alter table notices drop column reviewed_by;
