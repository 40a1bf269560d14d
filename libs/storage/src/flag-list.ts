import type { Category, Flag, MatchedClaim, ReviewState } from '@siaga/contracts';
import type { Queryable } from './database.js';
import { wordsMatch } from './flag-terms.js';
import { anyOf, type ListDefinition } from './list-query.js';
import type { RecordedReview } from './reviews.js';

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
  /** When it gained a claim that was debunked after it was recorded, and the place of that among changes. */
  readonly debunkedAt: Date | null;
  readonly debunkedSeq: number | null;
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
  readonly review: RecordedReview;
  /** The debunked claims that the post repeats, the closest first. */
  readonly claims: readonly MatchedClaim[] | null;
}

/** Several values of one filter are alternatives; filters are all met. */
export interface FlagFilters {
  /** Audited posts instead of alerts. */
  readonly audit?: boolean | undefined;
  readonly category?: readonly string[] | undefined;
  /** Sub-labels that hold: half or more of the label's own probability. */
  readonly label?: readonly string[] | undefined;
  readonly minScore?: number | undefined;
  readonly maxScore?: number | undefined;
  readonly platform?: readonly string[] | undefined;
  readonly language?: readonly string[] | undefined;
  /** Pseudonyms. */
  readonly author?: readonly string[] | undefined;
  readonly campaign?: readonly string[] | undefined;
  readonly state?: readonly ReviewState[] | undefined;
  /** Of the recording; the end is not part of it. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Recorded before the flag of this number. */
  readonly before?: number | undefined;
  /** Recorded after the flag of this number. */
  readonly after?: number | undefined;
  /** Only those whose text has not been taken down. */
  readonly withText?: true | undefined;
  /** As web search engines take it: words in any form and order, "a phrase", or, -without. */
  readonly q?: string | undefined;
}

/** Longer than a transaction that records flags takes: numbers and times of recording agree but for that much. */
const SLACK = "interval '2 minutes'";

export const flagList: ListDefinition<FlagFilters> = {
  from: 'flags',
  key: { column: 'seq', type: 'bigint' },
  sorts: {
    recordedAt: null,
    createdAt: { column: 'created_at', type: 'time' },
    score: { column: 'score', type: 'number' },
  },
  conditions: {
    audit: (audited) => `audit_share is ${audited ? 'not null' : 'null'}`,
    category: anyOf('category'),
    label: (labels, bind) => `held_labels && ${bind(labels)}::text[]`,
    minScore: (score, bind) => `score >= ${bind(score)}::double precision`,
    maxScore: (score, bind) => `score <= ${bind(score)}::double precision`,
    platform: anyOf('platform'),
    language: anyOf('language'),
    author: anyOf('author'),
    campaign: anyOf('campaign_id', 'uuid'),
    state: anyOf('review_state'),
    from: (from, bind) => `recorded_at >= ${bind(from)}::timestamptz`,
    to: (to, bind) => `recorded_at < ${bind(to)}::timestamptz`,
    before: (seq, bind) => `seq < ${bind(seq)}::bigint`,
    after: (seq, bind) => `seq > ${bind(seq)}::bigint`,
    withText: () => 'removed_at is null',
    q: wordsMatch,
  },
};

/** The numbers between which all flags of a window of time lie, both included. */
export interface SeqWindow {
  readonly first: number;
  readonly last: number;
}

/** Numbers are what makes an old window cheap when the newest come first; which flags are in it, the time decides. */
export async function seqWindow(db: Queryable, { from, to, before, after = 0 }: FlagFilters): Promise<SeqWindow> {
  const end = before ?? Number.MAX_SAFE_INTEGER;
  if (!from && !to) return { first: after, last: end };
  const [row] = await db.query<{ first: number | null; last: number | null }>(
    `select (select seq from flags where recorded_at < $1::timestamptz - ${SLACK} order by recorded_at desc limit 1)::double precision as first,
            (select seq from flags where recorded_at >= $2::timestamptz + ${SLACK} order by recorded_at limit 1)::double precision as last`,
    [from ?? null, to ?? null],
  );
  return { first: Math.max(row?.first ?? 0, after), last: Math.min(row?.last ?? end, end) };
}
