import type { Queryable } from './database.js';
import type { RecordedFlag } from './flag-list.js';
import { flagReviewSql } from './reviews.js';

/** @returns the flags of these sequence numbers, of their recording or their debunking, in no order */
export async function flagsOfSeqs(
  db: Queryable,
  seqs: readonly number[],
  column: 'seq' | 'debunked_seq' = 'seq',
): Promise<RecordedFlag[]> {
  return seqs.length === 0 ? [] : db.query<RecordedFlag>(flagsSql(`${ROW}, ${REST}`, column), [seqs]);
}

/** What a table shows of a flag: read in a third of the time, for downloads of millions. */
export type FlagRow = Pick<
  RecordedFlag,
  | 'flagId'
  | 'seq'
  | 'category'
  | 'score'
  | 'threshold'
  | 'modelVersion'
  | 'campaignId'
  | 'campaignSize'
  | 'platform'
  | 'url'
  | 'author'
  | 'language'
  | 'text'
  | 'createdAt'
  | 'recordedAt'
  | 'removedAt'
  | 'deliveryState'
  | 'answerState'
  | 'dueAt'
>;

/** @returns the same flags as rows of a table, in no order */
export async function flagRowsOfSeqs(db: Queryable, seqs: readonly number[]): Promise<FlagRow[]> {
  return seqs.length === 0 ? [] : db.query<FlagRow>(flagsSql(ROW), [seqs]);
}

const ROW = `p.flag_id as "flagId", p.seq::double precision as seq, p.category, p.score, p.threshold,
  p.model_version as "modelVersion", p.campaign_id as "campaignId", coalesce(c.size, 1) as "campaignSize",
  p.platform, p.url, p.author, p.language, p.text, p.created_at as "createdAt", p.recorded_at as "recordedAt",
  p.removed_at as "removedAt", d.state as "deliveryState", n.answer_state as "answerState", n.due_at as "dueAt"`;

const REST = `p.escalate_threshold as "escalateThreshold", p.scores, p.labels, p.model_name as "modelName", p.reasons,
  p.post_id as "postId", p.seen_at as "seenAt", p.flagged_at as "flaggedAt", n.notice_id as "noticeId",
  d.delivered_at as "deliveredAt",
  (select r.category from flags r where r.post_id = p.post_id and r.reported limit 1) as "reportedAs",
  p.audit_share as "auditShare", p.claims, p.debunked_at as "debunkedAt",
  p.debunked_seq::double precision as "debunkedSeq", ${flagReviewSql('p')} as review,
  (select coalesce(categories, '{}') from decisions
    where seq = p.review_seq and p.audit_share is not null and p.review_state <> 'disputed') as "auditFound"`;

/** The flags first and everything else by them: what surrounds a flag is never joined for flags not shown. */
const flagsSql = (columns: string, column: 'seq' | 'debunked_seq' = 'seq'): string => `
  with p as materialized (select * from flags where ${column} = any($1::bigint[]))
  select ${columns}
    from p left join campaigns c on c.campaign_id = p.campaign_id
    left join notices n on n.campaign_id = coalesce(p.reported_in, p.campaign_id) and n.platform = p.platform and p.reported
    left join lateral (
      select (array_agg(state order by revision desc))[1] as state, min(delivered_at) as delivered_at
        from deliveries where notice_id = n.notice_id and kind = 'notice'
    ) d on true`;
