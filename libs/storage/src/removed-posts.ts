import type { Queryable } from './database.js';
import { appendEvidence, type EvidenceEvent } from './evidence.js';
import { announceFlags, lockFlagWriting } from './flags.js';

/** Longer than posts are kept in Kafka: after that no flag of such a post can come. */
const REMEMBERED = "interval '8 days'";

/**
 * Deletes what is stored of posts that are no more: their text, the words of it that weighed, and who wrote it. Hashes,
 * scores and addresses stay as evidence.
 *
 * @returns how many flags lost their text
 */
export async function removePosts(tx: Queryable, postIds: readonly string[]): Promise<number> {
  // Else a flag recorded in the same moment could miss the post's removal, and its removal the flag.
  await lockFlagWriting(tx);
  await tx.query('insert into removed_posts (post_id) select distinct unnest($1::text[]) on conflict do nothing', [
    postIds,
  ]);
  await tx.query(`delete from removed_posts where removed_at < now() - ${REMEMBERED}`);
  const flagIds = await blankRemoved(tx, postIds);
  if (flagIds.length > 0) await announceFlags(tx);
  await appendEvidence(tx, flagIds.map(textRemoved));
  return flagIds.length;
}

export const textRemoved = (flagId: string): EvidenceEvent => ({ event: 'text-removed', subject: flagId, body: {} });

/**
 * For flags just recorded: their posts may be no more. The caller holds the flag writers' lock.
 *
 * @returns the flags that lost their text
 */
export async function blankRemoved(tx: Queryable, postIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ flag_id: string }>(
    `update flags set text = '', reasons = '[]', author = null, removed_at = now(),
            removed_seq = nextval(pg_get_serial_sequence('flags', 'seq'))
      where post_id = any($1) and removed_at is null and exists (select from removed_posts r where r.post_id = flags.post_id)
      returning flag_id`,
    [postIds],
  );
  return rows.map((row) => row.flag_id);
}
