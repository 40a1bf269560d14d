import { createHash, randomUUID } from 'node:crypto';
import type { Post } from '@siaga/contracts';
import type { Database, Queryable } from './database.js';
import { appendEvidence } from './evidence.js';
import { lockFlagWriting } from './flags.js';
import { appendOutbox } from './outbox.js';
import { removePosts } from './removed-posts.js';
import { DELETE_FLAGS, NEEDED, REMOVAL_TOLD_DAYS } from './retention-rules.js';

/** An author's request to be forgotten, by pseudonym. */
export interface Erasure {
  readonly erasureId: string;
  /** Null once it is done: then only its hash is left. */
  readonly author: string | null;
  readonly requestedAt: Date;
  readonly doneAt: Date | null;
  /** Rows of flags that are still there: without texts and names, with addresses. */
  readonly left: number;
}

const COLUMNS = `erasure_id as "erasureId", author, requested_at as "requestedAt",
  done_at as "doneAt", (select count(*)::int from erasure_flags f where f.erasure_id = e.erasure_id) as left`;

export const pseudonymSha256 = (author: string): string => createHash('sha256').update(author).digest('hex');

/**
 * Deletes the texts of an author at once, and remembers to delete the rest as soon as nothing needs it. Flags of theirs that
 * are still on their way lose their texts when they are recorded.
 *
 * @returns how many flags lost their text
 */
export function requestErasure(
  db: Database,
  { author, reason, by }: { readonly author: string; readonly reason: string; readonly by: string },
): Promise<{ readonly erasureId: string; readonly blanked: number }> {
  return db.transaction(async (tx) => {
    await lockFlagWriting(tx);
    const erasureId = randomUUID();
    await tx.query(
      'insert into erasures (erasure_id, author, author_sha256, reason, requested_by) values ($1, $2, $3, $4, $5)',
      [erasureId, author, pseudonymSha256(author), reason, by],
    );
    await tx.query(`insert into erasure_flags select $1::uuid, flag_id from flags where author = $2`, [
      erasureId,
      author,
    ]);
    await tx.query(
      `update decisions d set reason = null from erasure_flags e
        where e.erasure_id = $1 and d.flag_id = e.flag_id and d.reason is not null`,
      [erasureId],
    );
    await forgetInQueries(tx, author);
    const seenUntil = new Date().toISOString();
    await appendOutbox(tx, [{ topic: 'removals', key: `erasure:${author}`, value: departureOf(author, seenUntil) }]);
    const blanked = await removePosts(tx, [{ what: 'author', author, seenUntil }]);
    const body = { erasureId, blanked, by };
    await appendEvidence(tx, [{ event: 'erasure-requested', subject: `author:${pseudonymSha256(author)}`, body }]);
    return { erasureId, blanked };
  });
}

/** Longer than posts are kept in Kafka: after that no flag of the author can come. */
const ON_THEIR_WAY = `interval '8 days'`;

/** Tells all who read the topics, in the form in which sources tell that an author has gone. */
function departureOf(author: string, seenAt: string): Buffer {
  const post: Post = {
    ...{ schemaVersion: 1, id: `erasure:${author}`, platform: 'erasure', author, text: '', deleted: true },
    ...{ allOfAuthor: true, createdAt: seenAt, seenAt, source: 'erasure', visibility: 'public' },
  };
  return Buffer.from(JSON.stringify(post));
}

/** A saved query that asks for one author alone asks for nothing without them, and goes. */
async function forgetInQueries(tx: Queryable, author: string): Promise<void> {
  await tx.query(`delete from saved_queries where query -> 'author' = jsonb_build_array($1::text)`, [author]);
  await tx.query(
    `update saved_queries set query = jsonb_set(query, '{author}', (query -> 'author') - $1::text)
      where query -> 'author' ? $1::text`,
    [author],
  );
}

/** Those of which something is left to do. */
export function openErasures(db: Queryable): Promise<Erasure[]> {
  return db.query<Erasure>(`select ${COLUMNS} from erasures e where done_at is null order by requested_at`);
}

/**
 * Deletes a batch of what is left of an author: rows of flags that no open notice and no hold needs, once readers have been told
 * that the texts are gone, and what was sent about them. Done when nothing is left.
 *
 * @returns how many rows went
 */
export function continueErasure(db: Database, { erasureId }: Erasure, limit: number): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await tx.query<{ id: string }>(
      `select f.flag_id as id from erasure_flags e join flags f using (flag_id)
        where e.erasure_id = $1 and not ${NEEDED} and f.removed_at < now() - interval '${REMOVAL_TOLD_DAYS} days'
        order by f.flag_id limit $2 for update of f skip locked`,
      [erasureId, limit],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) {
      const reported = `select n.notice_id, f.post_id, f.url from flags f
        join notices n on n.campaign_id = f.campaign_id and n.platform = f.platform where f.flag_id = any($1)`;
      for (const statement of [
        `delete from watched_posts w using (${reported}) r where w.notice_id = r.notice_id and w.post_id = r.post_id`,
        `delete from delivery_parts p using (${reported}) r where p.notice_id = r.notice_id and p.item = r.url`,
        `update deliveries d set payload = null from (${reported}) r where d.notice_id = r.notice_id and payload is not null`,
        ...DELETE_FLAGS,
      ])
        await tx.query(statement, [ids]);
    }
    await tx.query(
      `delete from removed_authors r using erasures e
        where e.erasure_id = $1 and r.author = e.author and r.removed_at < now() - ${ON_THEIR_WAY}`,
      [erasureId],
    );
    const [done] = await tx.query<{ sha: string }>(
      `update erasures e set done_at = now(), author = null
        where erasure_id = $1 and done_at is null
          and not exists (select from removed_authors r where r.author = e.author)
          and not exists (select from erasure_flags f where f.erasure_id = e.erasure_id) returning author_sha256 as sha`,
      [erasureId],
    );
    if (done) {
      await appendEvidence(tx, [{ event: 'erasure-done', subject: `author:${done.sha}`, body: { erasureId } }]);
    }
    return ids.length;
  });
}
