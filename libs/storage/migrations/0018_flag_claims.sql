-- Up Migration

-- The debunked claims that a post repeats, as the flag brought them; null where none was matched. They are the words of
-- fact-checkers, so they stay when the post's text goes.
alter table flags add column claims jsonb;

-- Down Migration

alter table flags drop column claims;
