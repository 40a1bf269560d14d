-- Up Migration

-- What a flag can be found by besides its words, as one set: then one index meets any number of filters at once, and words
-- with them. `b` is its bucket: 8192 flags recorded one after the other. A search goes from bucket to bucket, so that it
-- costs no more where a word was frequent once and is not any more.
create function flag_terms(
  seq bigint, category text, platform text, language text, author text, campaign_id uuid, held_labels text[],
  score double precision, audit_share double precision
) returns text[] language sql immutable parallel safe as
  $$ select array[
       'b' || (seq >> 13), 'c' || category, 'p' || platform, 'l' || coalesce(language, ''), 'a' || coalesce(author, ''),
       'g' || coalesce(campaign_id::text, ''), 's' || floor(score * 100)::int,
       case when audit_share is null then 'alert' else 'audit' end
     ] || array(select 'h' || label from unnest(held_labels) as label) $$;

-- A short list of pending entries: every search reads all of it, once a bucket.
create index flags_by_terms on flags using gin
  (flag_terms(seq, category, platform, language, author, campaign_id, held_labels, score, audit_share), words)
  with (gin_pending_list_limit = 64);

drop index flags_by_words, flags_by_label, flags_by_language;

-- Down Migration

drop index flags_by_terms;
drop function flag_terms;
create index flags_by_words on flags using gin (words) with (gin_pending_list_limit = 512);
create index flags_by_label on flags using gin (held_labels) with (gin_pending_list_limit = 512);
create index flags_by_language on flags (language, seq desc);
