import type { Queryable } from './database.js';
import { appendEvidence, type EvidenceEvent } from './evidence.js';
import { announceFlags, lockFlagWriting } from './flags.js';
import { forgetRumourPosts } from './rumours.js';

/** Longer than posts are kept in Kafka: after that no flag of such a post can come. */
const REMEMBERED = "interval '8 days'";

/** What is no more at its source. */
export type Removed =
  | { readonly what: 'post'; readonly postId: string }
  /** What the post said before it was edited at that moment. */
  | { readonly what: 'versions'; readonly postId: string; readonly olderThan: string }
  /** Everything that was seen of the author until that moment. */
  | { readonly what: 'author'; readonly author: string; readonly seenUntil: string };

/**
 * Deletes what is stored of posts, versions and authors that are no more: texts, the words of them that weighed, and who
 * wrote them. Hashes, scores and addresses stay as evidence.
 *
 * @returns how many flags lost their text
 */
export async function removePosts(tx: Queryable, removed: readonly Removed[]): Promise<number> {
  // Else a flag recorded in the same moment could miss the post's removal, and its removal the flag.
  await lockFlagWriting(tx);
  await rememberPosts(tx, removed);
  await rememberAuthors(tx, removed);
  const concerned = {
    postIds: removed.flatMap((one) => (one.what === 'author' ? [] : [one.postId])),
    authors: removed.flatMap((one) => (one.what === 'author' ? [one.author] : [])),
  };
  const flagIds = await blankRemoved(tx, concerned);
  await forgetRumourPosts(tx, concerned);
  if (flagIds.length > 0) await announceFlags(tx);
  await appendEvidence(tx, flagIds.map(textRemoved));
  return flagIds.length;
}

export const textRemoved = (flagId: string): EvidenceEvent => ({ event: 'text-removed', subject: flagId, body: {} });

/**
 * For flags just recorded: their posts, versions or authors may be no more. The caller holds the flag writers' lock.
 *
 * @returns the flags that lost their text
 */
export async function blankRemoved(
  tx: Queryable,
  { postIds, authors }: { readonly postIds: readonly string[]; readonly authors: readonly string[] },
): Promise<string[]> {
  const rows = await tx.query<{ flag_id: string }>(
    `update flags set text = '', reasons = '[]', author = null, removed_at = now(),
            removed_seq = nextval(pg_get_serial_sequence('flags', 'seq'))
      where (post_id = any($1) or author = any($2)) and removed_at is null
        and (exists (select from removed_posts r where r.post_id = flags.post_id
                      and (r.older_than is null or coalesce(flags.edited_at, '-infinity') < r.older_than))
          or exists (select from removed_authors r where r.author = flags.author and flags.seen_at <= r.seen_until))
      returning flag_id`,
    [postIds, authors],
  );
  return rows.map((row) => row.flag_id);
}

/** The latest edit counts, and a deletion for good. */
async function rememberPosts(tx: Queryable, removed: readonly Removed[]): Promise<void> {
  const gone = removed.filter((one) => one.what !== 'author');
  await tx.query(
    `insert into removed_posts (post_id, older_than)
     select post_id, case when bool_or(older_than is null) then null else max(older_than) end
       from unnest($1::text[], $2::timestamptz[]) as new (post_id, older_than) group by post_id
     on conflict (post_id) do update set removed_at = now(), older_than = case
       when removed_posts.older_than is null or excluded.older_than is null then null
       else greatest(removed_posts.older_than, excluded.older_than) end`,
    [gone.map(({ postId }) => postId), gone.map((one) => (one.what === 'versions' ? one.olderThan : null))],
  );
  await tx.query(`delete from removed_posts where removed_at < now() - ${REMEMBERED}`);
}

async function rememberAuthors(tx: Queryable, removed: readonly Removed[]): Promise<void> {
  const gone = removed.filter((one) => one.what === 'author');
  await tx.query(
    `insert into removed_authors (author, seen_until)
     select author, max(seen_until) from unnest($1::text[], $2::timestamptz[]) as new (author, seen_until) group by author
     on conflict (author) do update set removed_at = now(),
       seen_until = greatest(removed_authors.seen_until, excluded.seen_until)`,
    [gone.map(({ author }) => author), gone.map(({ seenUntil }) => seenUntil)],
  );
  await tx.query(`delete from removed_authors where removed_at < now() - ${REMEMBERED}`);
}
