import type { Category, MatchedClaim } from '@siaga/contracts';
import type { Queryable } from './database.js';

/** A decision that notify has to act on, and has not yet. */
export interface DecisionTask {
  readonly decisionId: string;
  /** To send what it is about, or to let what was dismissed go on by policy. */
  readonly task: 'escalate' | 'resume';
  readonly flagId: string | null;
  readonly campaignId: string | null;
  readonly decidedBy: string;
}

const WAITS = 'task is not null and outcome is null and undone_by is null';

export async function hasDecisionTask(db: Queryable): Promise<boolean> {
  return (await db.query(`select 1 from decisions where ${WAITS} limit 1`)).length > 0;
}

/**
 * Takes the oldest for the transaction's time. The caller holds the flag writers' lock, and held it before: so does who
 * undoes a decision.
 */
export async function takeDecisionTask(tx: Queryable): Promise<DecisionTask | undefined> {
  const [row] = await tx.query<DecisionTask>(
    `select decision_id as "decisionId", task, flag_id as "flagId", campaign_id as "campaignId", decided_by as "decidedBy"
       from decisions where ${WAITS} order by seq limit 1 for update skip locked`,
  );
  return row;
}

export async function settleDecisionTask(tx: Queryable, decisionId: string, outcome: string): Promise<void> {
  await tx.query('update decisions set outcome = $2, acted_at = now() where decision_id = $1', [decisionId, outcome]);
}

/** A recorded flag as policy looks at it. */
export interface StoredFlag {
  readonly flagId: string;
  readonly postId: string;
  readonly campaignId: string;
  readonly category: Category;
  readonly score: number;
  readonly escalateThreshold: number;
  readonly labels: Record<string, number> | null;
  readonly claims: readonly MatchedClaim[] | null;
  readonly platform: string;
  readonly url: string | null;
  readonly text: string;
  /** Whether a notice lists the post already, under whatever category. */
  readonly postReported: boolean;
  readonly flaggedAt: Date;
}

const STORED = `select flag_id as "flagId", post_id as "postId", campaign_id as "campaignId", category, score,
    escalate_threshold as "escalateThreshold", labels, claims, platform, url, text, flagged_at as "flaggedAt",
    exists (select from flags r where r.post_id = f.post_id and r.reported) as "postReported"
  from flags f where audit_share is null`;

/** The flag, or those of the campaign, that a decision is about; posts that are no more, or dismissed, are not among them. */
export function flagsOf(
  db: Queryable,
  { flagId, campaignId }: Pick<DecisionTask, 'flagId' | 'campaignId'>,
): Promise<StoredFlag[]> {
  return db.query<StoredFlag>(
    `${STORED} and removed_at is null and review_state <> 'dismissed' and (flag_id = $1 or campaign_id = $2) order by seq`,
    [flagId, campaignId],
  );
}

/** Of a post, or one flag by its own id. */
export function flagsOfPost(db: Queryable, id: string): Promise<StoredFlag[]> {
  return db.query<StoredFlag>(`${STORED} and (flag_id = $1 or post_id = $1) order by seq`, [id]);
}

/** Everything flagged since, a page at a time, in the order of recording. */
export async function* flagsSince(db: Queryable, since: Date, pageSize = 2_000): AsyncGenerator<StoredFlag[]> {
  for (let after = 0; ;) {
    const page = await db.query<StoredFlag & { seq: number }>(
      `select s.*, f.seq::double precision as seq from (${STORED}) s join flags f on f.flag_id = s."flagId"
        where f.seq > $1::bigint and f.flagged_at >= $2 order by f.seq limit $3`,
      [after, since, pageSize],
    );
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)?.seq ?? after;
  }
}

/**
 * From now on the campaign's notice to the platform lists the flag's post.
 *
 * @param decisionId the decision that wants it so, where policy does not
 */
export async function markReported(tx: Queryable, flagId: string, decisionId: string | null = null): Promise<void> {
  await tx.query('update flags set reported = true, reported_by = $2 where flag_id = $1', [flagId, decisionId]);
}

/** Notes that a person stands behind the campaign's notice to the platform, if there is one. */
export async function markReviewed(
  tx: Queryable,
  notice: { readonly campaignId: string; readonly platform: string; readonly reviewedBy: string },
): Promise<void> {
  await tx.query(
    'update notices set reviewed_by = coalesce(reviewed_by, $3) where campaign_id = $1 and platform = $2',
    [notice.campaignId, notice.platform, notice.reviewedBy],
  );
}
