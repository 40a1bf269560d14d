import type { Category, Flag } from '@siaga/contracts';
import type { Queryable } from './database.js';

/** A recorded flag as analysts read it: with the size of its campaign and the state of the notice that lists it. */
export interface RecordedFlag {
  readonly flagId: string;
  /** Order of recording; readers resume after it. */
  readonly seq: number;
  readonly category: Category;
  readonly score: number;
  readonly threshold: number;
  readonly escalateThreshold: number;
  readonly scores: Flag['scores'];
  readonly labels: Record<string, number> | null;
  readonly modelName: string;
  readonly modelVersion: string;
  readonly reasons: Flag['reasons'];
  /** Null of an audited post. */
  readonly campaignId: string | null;
  /** Flags in the campaign, this one included. */
  readonly campaignSize: number;
  readonly postId: string;
  readonly platform: string;
  readonly url: string | null;
  readonly author: string | null;
  readonly language: string | null;
  readonly text: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly flaggedAt: Date;
  readonly recordedAt: Date;
  /** Since when the text is gone, because the author took the post down. */
  readonly removedAt: Date | null;
  /** Under which category the post is reported to its platform, this flag's or another one's; null while it is not. */
  readonly reportedAs: Category | null;
  /** The notice that lists this flag, with what follows about it. */
  readonly noticeId: string | null;
  /** Of the notice's latest revision; null while none is scheduled. */
  readonly deliveryState: string | null;
  readonly answerState: string | null;
  readonly dueAt: Date | null;
  /** When the platform first had the notice. */
  readonly deliveredAt: Date | null;
  /** The chance that an audited post had of being picked; null of an alert. */
  readonly auditShare: number | null;
  /** What a person found an audited post to be, which may be nothing; null before anybody has looked. */
  readonly auditFound: Category[] | null;
}

export interface FlagFilters {
  /** Audited posts instead of alerts. */
  readonly audited?: boolean;
  readonly category?: Category;
  readonly platform?: string;
  readonly campaignId?: string;
  readonly minScore?: number;
  /** Every word must occur in the text, in any case and order. */
  readonly words?: readonly string[];
}

/** @returns flags recorded before the sequence number, or the latest ones; newest first */
export function listFlags(
  db: Queryable,
  filters: FlagFilters,
  page: { before?: number; limit: number },
): Promise<RecordedFlag[]> {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const conditions = [`audit_share is ${filters.audited ? 'not null' : 'null'}`];
  if (page.before !== undefined) conditions.push(`seq < ${value(page.before)}::bigint`);
  if (filters.category !== undefined) conditions.push(`category = ${value(filters.category)}`);
  if (filters.platform !== undefined) conditions.push(`platform = ${value(filters.platform)}`);
  if (filters.campaignId !== undefined) conditions.push(`campaign_id = ${value(filters.campaignId)}::uuid`);
  if (filters.minScore !== undefined) conditions.push(`score >= ${value(filters.minScore)}::double precision`);
  if (filters.words?.length) conditions.push(`text ilike all(${value(filters.words.map(containing))}::text[])`);
  const order = `where ${conditions.join(' and ')} order by seq desc limit ${value(page.limit)}`;
  return db.query<RecordedFlag>(`${recordedFlags(order)} order by p.seq desc`, values);
}

/** @returns the flags of these sequence numbers, in no order */
export async function flagsOfSeqs(db: Queryable, seqs: readonly number[]): Promise<RecordedFlag[]> {
  return seqs.length === 0 ? [] : db.query<RecordedFlag>(recordedFlags('where seq = any($1::bigint[])'), [seqs]);
}

/** The page first and everything else by its few rows: what surrounds a flag is never joined for flags not shown. */
function recordedFlags(page: string): string {
  return `
    with p as materialized (select * from flags ${page}),
    sizes as (
      select campaign_id, count(*)::int as size from flags
       where campaign_id in (select campaign_id from p) group by campaign_id
    )
    select p.flag_id as "flagId", p.seq::double precision as seq, p.category, p.score, p.threshold,
           p.escalate_threshold as "escalateThreshold", p.scores, p.labels, p.model_name as "modelName",
           p.model_version as "modelVersion", p.reasons, p.campaign_id as "campaignId", coalesce(sizes.size, 1) as "campaignSize",
           p.post_id as "postId", p.platform, p.url, p.author, p.language, p.text, p.created_at as "createdAt",
           p.seen_at as "seenAt", p.flagged_at as "flaggedAt", p.recorded_at as "recordedAt", p.removed_at as "removedAt",
           (select r.category from flags r where r.post_id = p.post_id and r.reported limit 1) as "reportedAs",
           n.notice_id as "noticeId", d.state as "deliveryState", n.answer_state as "answerState",
           n.due_at as "dueAt", d.delivered_at as "deliveredAt",
           p.audit_share as "auditShare",
           (select coalesce(categories, '{}') from decisions
             where flag_id = p.flag_id and p.audit_share is not null order by seq desc limit 1) as "auditFound"
      from p left join sizes on sizes.campaign_id = p.campaign_id
      left join notices n on n.campaign_id = p.campaign_id and n.platform = p.platform and p.reported
      left join lateral (
        select (array_agg(state order by revision desc))[1] as state, min(delivered_at) as delivered_at
          from deliveries where notice_id = n.notice_id and kind = 'notice'
      ) d on true`;
}

/** A LIKE pattern that takes the word as it stands. */
function containing(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`;
}
