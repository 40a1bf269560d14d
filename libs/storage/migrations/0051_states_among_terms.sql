-- Up Migration

-- What people have decided is a term, too: a rare state is found by leaping, as all else is. The index took part in each
-- change of a state before, for `flags_by_review` has to.
create function flag_terms(
  seq bigint, category text, platform text, language text, author text, campaign_id uuid, held_labels text[],
  score double precision, audit_share double precision, review_state text
) returns text[] language sql immutable parallel safe as
  $$ select array[
       'b' || (seq >> 13), 'c' || category, 'p' || platform, 'l' || coalesce(language, ''), 'a' || coalesce(author, ''),
       'g' || coalesce(campaign_id::text, ''), 's' || floor(score * 100)::int, 'r' || review_state,
       case when audit_share is null then 'alert' else 'audit' end
     ] || array(select 'h' || label from unnest(held_labels) as label) $$;

drop index flags_by_terms;
drop function flag_terms(bigint, text, text, text, text, uuid, text[], double precision, double precision);

create index flags_by_terms on flags using gin
  (flag_terms(seq, category, platform, language, author, campaign_id, held_labels, score, audit_share, review_state), words)
  with (gin_pending_list_limit = 64);
-- The planner knows how frequent terms are by the index that holds them, and this one is new.
analyze flags;

-- Down Migration

drop index flags_by_terms;
drop function flag_terms;
create function flag_terms(
  seq bigint, category text, platform text, language text, author text, campaign_id uuid, held_labels text[],
  score double precision, audit_share double precision
) returns text[] language sql immutable parallel safe as
  $$ select array[
       'b' || (seq >> 13), 'c' || category, 'p' || platform, 'l' || coalesce(language, ''), 'a' || coalesce(author, ''),
       'g' || coalesce(campaign_id::text, ''), 's' || floor(score * 100)::int,
       case when audit_share is null then 'alert' else 'audit' end
     ] || array(select 'h' || label from unnest(held_labels) as label) $$;
create index flags_by_terms on flags using gin
  (flag_terms(seq, category, platform, language, author, campaign_id, held_labels, score, audit_share), words)
  with (gin_pending_list_limit = 64);
