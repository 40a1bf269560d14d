import type { Queryable } from './database.js';
import { appendEvidence, type EvidenceKind } from './evidence.js';
import { listedBySql } from './notices.js';

/** - `deleted`: the author's deletion came through the source; `gone`: it was not there when it was looked up. */
export const POST_STATES = ['unseen', 'up', 'edited', 'gone', 'deleted'] as const;
export type PostState = (typeof POST_STATES)[number];

/** A post that a platform has been told of. */
export interface ReportedPost {
  readonly noticeId: string;
  readonly postId: string;
  readonly platform: string;
  readonly url: string;
}

/** Whose turn it is to be looked up; its host is held for the one who looks. */
export interface PostToCheck extends ReportedPost {
  readonly host: string;
  readonly state: PostState;
  /** Of the flagged version. */
  readonly capturedAt: Date;
  readonly textSha256: string | null;
  /** When its deletion or its latest edit came through the source, null while none did. */
  readonly deletedAt: Date | null;
  readonly editedAt: Date | null;
  /** Of its host, in a row. */
  readonly failures: number;
}

const BATCH = 100;

/**
 * Begins to watch the posts of notices delivered since the last call; several callers share them.
 *
 * @param hours after delivery, at which a post is looked up
 * @param hostOf where it will be looked up
 * @returns how many deliveries there were
 */
export async function watchDelivered(
  tx: Queryable,
  hours: readonly number[],
  hostOf: (post: ReportedPost) => string,
): Promise<number> {
  const delivered = await tx.query<{ delivery_id: string }>(
    `update deliveries set watched = true where delivery_id in (
       select delivery_id from deliveries where state = 'delivered' and kind = 'notice' and not watched
        order by delivered_at limit ${BATCH} for update skip locked)
     returning delivery_id`,
  );
  if (delivered.length === 0) return 0;
  const posts = await tx.query<ReportedPost & { capturedAt: Date; deliveredAt: Date }>(
    `select distinct on (n.notice_id, f.post_id) n.notice_id as "noticeId", f.post_id as "postId", f.platform, f.url,
            coalesce(f.edited_at, f.seen_at) as "capturedAt", d.delivered_at as "deliveredAt"
       from deliveries d join notices n using (notice_id)
       join flags f on ${listedBySql('f', 'n')} and d.payload::jsonb -> 'urls' ? f.url
      where d.delivery_id = any($1::uuid[]) order by n.notice_id, f.post_id, d.delivered_at`,
    [delivered.map((row) => row.delivery_id)],
  );
  const hosts = posts.map(hostOf);
  const column = <K extends keyof (typeof posts)[number]>(name: K) => posts.map((post) => post[name]);
  await tx.query(
    `insert into watched_posts (notice_id, post_id, platform, url, host, captured_at, delivered_at, next_check_at)
     select new.*, ${NEXT_CHECK}
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[])
         as new (notice_id, post_id, platform, url, host, captured_at, delivered_at)
     on conflict do nothing`,
    [
      ...[hours, column('noticeId'), column('postId'), column('platform'), column('url'), hosts],
      ...[column('capturedAt'), column('deliveredAt')],
    ],
  );
  // In one order for all callers, so that none waits for another that waits for it.
  await tx.query('insert into checked_hosts (host) select unnest($1::text[]) on conflict do nothing', [
    [...new Set(hosts)].sort(),
  ]);
  return delivered.length;
}

/** The first hour of $1 that has not passed; hours that were slept through are passed over. */
const NEXT_CHECK = `(
  select min(delivered_at + make_interval(secs => hour * 3600)) from unnest($1::double precision[]) hour
   where delivered_at + make_interval(secs => hour * 3600) > now())`;

/**
 * Takes the next post that is due, and holds its host so that nobody else asks it for the time of the lease.
 *
 * @returns undefined when no post is due whose host is free
 */
export async function takePostToCheck(tx: Queryable, leaseMs: number): Promise<PostToCheck | undefined> {
  const [post] = await tx.query<PostToCheck>(
    `with free as (
       select host from checked_hosts h
        where free_at <= now()
          and exists (select from watched_posts w where w.host = h.host and w.next_check_at <= now())
        order by free_at limit 1 for update skip locked
     ),
     held as (
       update checked_hosts h set free_at = now() + make_interval(secs => $1::double precision / 1000)
         from free where h.host = free.host returning h.host, h.failures
     )
     select w.notice_id as "noticeId", w.post_id as "postId", w.platform, w.url, w.host, w.state,
            w.captured_at as "capturedAt", w.text_sha256 as "textSha256", held.failures,
            case when r.older_than is null then r.removed_at end as "deletedAt", r.older_than as "editedAt"
       from held cross join lateral (
         select * from watched_posts where host = held.host and next_check_at <= now() order by next_check_at limit 1
       ) w left join removed_posts r using (post_id)`,
    [leaseMs],
  );
  return post;
}

/** What a look at a post has told. */
export interface PostCheck {
  /** Its state from now on; as before where the look told nothing. */
  readonly state: PostState;
  readonly textSha256?: string | undefined;
  readonly goneAt?: Date | undefined;
  /** Why the look told nothing. */
  readonly error?: string | undefined;
  /** Given when the host did not answer: the post is looked up again after that, and no hour is spent. */
  readonly againMs?: number | undefined;
  /** When its host may be asked again. */
  readonly hostFreeMs: number;
}

/** How long after the last hour a host that does not answer is still tried. */
const PATIENCE = "interval '1 day'";

/** What the log calls the way into a state, where it is news. */
const NEWS: Readonly<Record<PostState, EvidenceKind | undefined>> = {
  unseen: undefined,
  up: 'post-back',
  edited: 'post-edited',
  gone: 'post-gone',
  deleted: 'post-deleted',
};

/** Writes down what a look has told, lets the host go, and appends to the log what has changed. */
export async function recordPostCheck(
  tx: Queryable,
  { noticeId, postId, platform, host, state: before }: PostToCheck,
  { state, textSha256, goneAt, error, againMs, hostFreeMs }: PostCheck,
  hours: readonly number[],
): Promise<void> {
  await tx.query(
    `update checked_hosts set free_at = now() + make_interval(secs => $2::double precision / 1000),
            failures = case when $3 then failures + 1 else 0 end where host = $1`,
    [host, hostFreeMs, againMs !== undefined],
  );
  const isAbsent = state === 'gone' || state === 'deleted';
  const [changed] = await tx.query<{ goneAt: Date | null; deliveredAt: Date }>(
    `update watched_posts set state = $4, text_sha256 = coalesce(text_sha256, $5), last_error = $6, checked_at = now(),
            gone_at = case when $7 then coalesce(gone_at, $8, now()) end,
            next_check_at = case
              when $4 = 'deleted' then null
              when $9::double precision is null then ${NEXT_CHECK}
              when now() < ${LAST_CHECK} + ${PATIENCE} then now() + make_interval(secs => $9 / 1000)
            end
      where notice_id = $2 and post_id = $3 returning gone_at as "goneAt", delivered_at as "deliveredAt"`,
    [
      ...[hours, noticeId, postId, state, textSha256 ?? null, error ?? null],
      ...[isAbsent, goneAt ?? null, againMs ?? null],
    ],
  );
  const news = NEWS[state];
  if (!changed || state === before || news === undefined || (before === 'unseen' && state === 'up')) return;
  const times = { deliveredAt: changed.deliveredAt.toISOString(), goneAt: changed.goneAt?.toISOString() ?? null };
  await appendEvidence(tx, [{ event: news, subject: noticeId, body: { postId, platform, ...times } }]);
}

const LAST_CHECK = `(select max(delivered_at + make_interval(secs => hour * 3600)) from unnest($1::double precision[]) hour)`;
