import type { Category, MatchedClaim } from '@siaga/contracts';
import type { Queryable } from './database.js';

export interface NoticeRow {
  readonly noticeId: string;
  readonly campaignId: string;
  readonly platform: string;
  readonly category: Category;
  readonly urgency: string;
  readonly dueAt: Date;
  /** The platform's latest word, null until it has answered. */
  readonly answerState: string | null;
  /** The person who decided that it goes out; null where policy did. */
  readonly reviewedBy: string | null;
}

/** One of the posts that a notice lists. */
export interface NoticeItem {
  readonly url: string;
  readonly postId: string;
  readonly score: number;
  readonly threshold: number;
  readonly modelName: string;
  readonly modelVersion: string;
  readonly textSha256: string;
  readonly seenAt: Date;
  /** What fact-checkers have debunked and the post repeats; null where nothing was matched. */
  readonly claims: readonly MatchedClaim[] | null;
}

const COLUMNS = `notice_id as "noticeId", campaign_id as "campaignId", platform, category, urgency,
  due_at as "dueAt", answer_state as "answerState", reviewed_by as "reviewedBy"`;

/**
 * SQL of whether a notice lists a flag's post. A flag that was reported stays with the notice that did so when its campaign is
 * merged into another one or split.
 *
 * @param flag name of a row of `flags` @param notice name of a row of `notices`
 */
export const listedBySql = (flag: string, notice: string): string => `(
  ${flag}.reported and ${flag}.platform = ${notice}.platform and (
    ${flag}.campaign_id = ${notice}.campaign_id and ${flag}.reported_in is null or ${flag}.reported_in = ${notice}.campaign_id))`;

/**
 * Opens the campaign's notice to a platform, or finds the one that is open already.
 *
 * @returns the notice, and whether it was opened just now
 */
export async function openNotice(
  tx: Queryable,
  notice: Omit<NoticeRow, 'answerState' | 'reviewedBy'> & { readonly reviewedBy?: string | null },
): Promise<{ notice: NoticeRow; opened: boolean }> {
  const [created] = await tx.query<NoticeRow>(
    `insert into notices (notice_id, campaign_id, platform, category, urgency, due_at, reviewed_by)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (campaign_id, platform) do nothing returning ${COLUMNS}`,
    [
      ...[notice.noticeId, notice.campaignId, notice.platform, notice.category, notice.urgency],
      ...[notice.dueAt, notice.reviewedBy ?? null],
    ],
  );
  if (created) return { notice: created, opened: true };
  const [existing] = await tx.query<NoticeRow>(
    `update notices set reviewed_by = coalesce(reviewed_by, $3)
      where campaign_id = $1 and platform = $2 returning ${COLUMNS}`,
    [notice.campaignId, notice.platform, notice.reviewedBy ?? null],
  );
  return { notice: existing as NoticeRow, opened: false };
}

export async function findNotice(db: Queryable, noticeId: string): Promise<NoticeRow | undefined> {
  const [row] = await db.query<NoticeRow>(`select ${COLUMNS} from notices where notice_id = $1`, [noticeId]);
  return row;
}

/** The notices of campaigns, to whatever platform. */
export function noticesOf(db: Queryable, campaignIds: readonly string[]): Promise<NoticeRow[]> {
  return db.query<NoticeRow>(`select ${COLUMNS} from notices where campaign_id = any($1)`, [campaignIds]);
}

/**
 * Opens notices that are not open yet, each with its first revision. The caller holds the flag writers' lock and has looked.
 */
export async function openNotices(
  tx: Queryable,
  notices: readonly (Omit<NoticeRow, 'answerState' | 'reviewedBy'> & { deliveryId: string; channel: string })[],
  settleMs: number,
): Promise<void> {
  if (notices.length === 0) return;
  const column = <K extends keyof (typeof notices)[number]>(name: K) => notices.map((notice) => notice[name]);
  const ids = column('noticeId');
  await tx.query(
    `insert into notices (notice_id, campaign_id, platform, category, urgency, due_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])`,
    [ids, column('campaignId'), column('platform'), column('category'), column('urgency'), column('dueAt')],
  );
  await tx.query(
    `insert into deliveries (delivery_id, notice_id, channel, revision, state, next_attempt_at)
     select id, notice_id, channel, 1, 'scheduled', now() + make_interval(secs => $4::double precision / 1000)
       from unnest($1::uuid[], $2::uuid[], $3::text[]) as new (id, notice_id, channel)`,
    [column('deliveryId'), ids, column('channel'), settleMs],
  );
}

/** @returns how many notices to the platform were opened in the last 24 hours without a person */
export async function automaticNoticesToday(db: Queryable, platform: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::int as count from notices
      where platform = $1 and reviewed_by is null and created_at > now() - interval '24 hours'`,
    [platform],
  );
  return row?.count ?? 0;
}

/** The campaign's posts on the notice's platform that are reported by it and that nobody has dismissed, oldest first. */
export function noticeItems(db: Queryable, notice: NoticeRow): Promise<NoticeItem[]> {
  return db.query<NoticeItem>(
    `select coalesce(f.url, '') as url, post_id as "postId", score, escalate_threshold as threshold,
            model_name as "modelName", model_version as "modelVersion", text_sha256 as "textSha256", seen_at as "seenAt", claims
       from flags f join (select $1::uuid as campaign_id, $2::text as platform) n on ${listedBySql('f', 'n')}
      where review_state <> 'dismissed'
      order by seq`,
    [notice.campaignId, notice.platform],
  );
}

/** What became of a notice's revisions, in their order. */
export function noticeRevisions(
  db: Queryable,
  noticeId: string,
): Promise<{ revision: number; channel: string; state: string; delivered_at: Date | null }[]> {
  return db.query(
    `select revision, channel, state, delivered_at from deliveries
      where notice_id = $1 and kind = 'notice' order by revision, channel`,
    [noticeId],
  );
}

/** @returns which of the posts a notice lists already, under whatever category */
export async function reportedPosts(tx: Queryable, postIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ post_id: string }>('select post_id from flags where post_id = any($1) and reported', [
    postIds,
  ]);
  return new Set(rows.map((row) => row.post_id));
}
