-- Up Migration

-- The labels that hold, by the same half that an analyst would call "more likely than not".
create function labels_that_hold(labels jsonb) returns text[] language sql immutable parallel safe as
  $$ select coalesce(array_agg(key), '{}') from jsonb_each(labels) where value::text::double precision >= 0.5 $$;

-- Stored, so that a filter reads them and does not compute them; both are emptied with the text and labels they come from.
-- This writes the table anew, under its lock.
alter table flags
  add column words tsvector generated always as (to_tsvector('indonesian', text)) stored,
  add column held_labels text[] generated always as (labels_that_hold(labels)) stored;

-- A short list of pending words: every search reads all of it.
create index flags_by_words on flags using gin (words) with (gin_pending_list_limit = 512);
create index flags_by_label on flags using gin (held_labels) with (gin_pending_list_limit = 512);
create index flags_by_language on flags (language, seq desc);
create index flags_by_score on flags (score, seq);
create index flags_by_post_time on flags (created_at, seq);
create index flags_by_record_time on flags (recorded_at);
create index flags_by_author on flags (author) where author is not null;

create index campaigns_by_time on campaigns (created_at, campaign_id);
create index decisions_by_seq on decisions (seq);

-- Down Migration

drop index decisions_by_seq, campaigns_by_time;
alter table flags drop column words, drop column held_labels;
drop index flags_by_language, flags_by_score, flags_by_post_time, flags_by_record_time, flags_by_author;
drop function labels_that_hold;
