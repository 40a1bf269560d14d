import type { Post } from '@siaga/contracts';
import type { Queryable } from './database.js';
import { appendEvidence } from './evidence.js';

export const RUMOUR_STATES = ['unverified', 'dismissed', 'debunked'] as const;
/** `unverified` until a person says that it is no rumour, or a debunked claim matches what it says. */
export type RumourState = (typeof RUMOUR_STATES)[number];

/** What is counted of a rumour. */
export interface RumourFigures {
  readonly posts: number;
  readonly voices: number;
  readonly voiceSketch: Buffer;
  readonly heat: number;
  /** Platform -> posts. */
  readonly platforms: Readonly<Record<string, number>>;
  /** Beginning of an hour, ISO 8601 -> posts seen in it. */
  readonly hours: Readonly<Record<string, number>>;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

export interface StoredRumour extends RumourFigures {
  readonly rumourId: string;
  readonly signature: readonly number[];
  readonly bands: readonly number[];
}

/** Examples of each; later posts are only counted. */
const EXAMPLES = 10;
const CANDIDATES = 20;

const FIGURES = `rumour_id as "rumourId", signature, bands, posts, voices, voice_sketch as "voiceSketch", heat, platforms, hours,
  first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt"`;

/** The caller holds the flag writers' lock, as for all that is written of rumours. */
export function findRumours(tx: Queryable, rumourIds: readonly string[]): Promise<StoredRumour[]> {
  return tx.query<StoredRumour>(`select ${FIGURES} from rumours where rumour_id = any($1)`, [rumourIds]);
}

/** @returns rumours that share a band, most in common first */
export function rumourCandidates(tx: Queryable, bands: readonly number[]): Promise<StoredRumour[]> {
  return tx.query<StoredRumour>(
    `select ${FIGURES} from rumours where bands && $1::int[]
      order by cardinality(array(select unnest(bands) intersect select unnest($1::int[]))) desc, rumour_id limit ${CANDIDATES}`,
    [bands],
  );
}

/** Writes what is new of a rumour, or a new one. */
export async function saveRumour(tx: Queryable, rumour: StoredRumour, examples: readonly Post[]): Promise<void> {
  const { rumourId, signature, bands, posts, voices, voiceSketch, heat, platforms, hours } = rumour;
  await tx.query(
    `insert into rumours (rumour_id, signature, bands, posts, voices, voice_sketch, heat, platforms, hours, first_seen_at, last_seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (rumour_id) do update set posts = excluded.posts, voices = excluded.voices, voice_sketch = excluded.voice_sketch,
       heat = excluded.heat, platforms = excluded.platforms, hours = excluded.hours, last_seen_at = excluded.last_seen_at`,
    [
      ...[rumourId, signature, bands, posts, voices, voiceSketch, heat, JSON.stringify(platforms)],
      ...[JSON.stringify(hours), rumour.firstSeenAt, rumour.lastSeenAt],
    ],
  );
  // One of each author: who repeats himself is no example of how it spreads.
  await tx.query(
    `insert into rumour_posts (rumour_id, post_id, platform, url, author, text, seen_at, edited_at)
     select $1, "postId", platform, url, author, text, "seenAt", "editedAt"
       from jsonb_to_recordset($2) as new ("postId" text, platform text, url text, author text, text text, "seenAt" timestamptz,
            "editedAt" timestamptz)
      where new.author is null or not exists (select from rumour_posts p where p.rumour_id = $1 and p.author = new.author)
      limit greatest(0, ${EXAMPLES} - (select count(*) from rumour_posts where rumour_id = $1))
     on conflict do nothing`,
    [rumourId, JSON.stringify(examples.map(({ id, ...post }) => ({ ...post, postId: id })))],
  );
}

/** Keeps the warmest so many: nobody fills the table with rumours that are none. */
export async function dropColdRumours(tx: Queryable, most: number): Promise<void> {
  await tx.query(
    `delete from rumours where rumour_id in (select rumour_id from rumours order by heat desc, rumour_id desc offset $1)`,
    [most],
  );
}

/**
 * Deletes the examples whose posts, versions or authors are no more, by what is remembered of removals, and with its last
 * example the rumour.
 */
export async function forgetRumourPosts(
  tx: Queryable,
  { postIds, authors }: { readonly postIds: readonly string[]; readonly authors: readonly string[] },
): Promise<void> {
  await tx.query(
    `with gone as (
       delete from rumour_posts p
        where (post_id = any($1) or author = any($2))
          and (exists (select from removed_posts r where r.post_id = p.post_id
                        and (r.older_than is null or coalesce(p.edited_at, '-infinity') < r.older_than))
            or exists (select from removed_authors r where r.author = p.author and p.seen_at <= r.seen_until))
       returning rumour_id, post_id)
     delete from rumours r using gone
      where r.rumour_id = gone.rumour_id
        and not exists (select from rumour_posts p where p.rumour_id = r.rumour_id
              and p.post_id not in (select post_id from gone where gone.rumour_id = r.rumour_id))`,
    [postIds, authors],
  );
}

/** Rumours whose posts turn out to repeat a debunked claim end in the campaign of that hoax. */
export async function debunkRumours(tx: Queryable, postIds: readonly string[]): Promise<void> {
  await tx.query(
    `update rumours r set state = 'debunked', campaign_id = f.campaign_id
       from rumour_posts p join flags f using (post_id)
      where p.post_id = any($1) and p.rumour_id = r.rumour_id and r.state <> 'debunked'
        and f.claims is not null and f.campaign_id is not null`,
    [postIds],
  );
}

/** What a person finds a rumour to be: none, one after all, or a hoax, by the claim made of it; then it waits for the match. */
export interface RumourDecision {
  readonly rumourId: string;
  readonly state: 'unverified' | 'dismissed';
  readonly by: string;
  readonly claimId?: string;
}

/** @returns false when there is no such rumour, or it is debunked */
export async function decideRumour(tx: Queryable, { rumourId, state, by, ...made }: RumourDecision): Promise<boolean> {
  const changed = await tx.query(
    `update rumours set state = $2, decided_by = $3, decided_at = now() where rumour_id = $1 and state <> 'debunked' returning 1`,
    [rumourId, state, by],
  );
  if (changed.length === 0) return false;
  await appendEvidence(tx, [{ event: 'rumour-decided', subject: `rumour:${rumourId}`, body: { state, by, ...made } }]);
  return true;
}
