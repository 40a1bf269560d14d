import type { Category, ReviewState } from '@siaga/contracts';
import type { Queryable } from './database.js';
import type { RecordedFlag } from './flag-list.js';
import { flagsOfSeqs } from './flags-of-seqs.js';
import { wordsMatch } from './flag-terms.js';
import { anyOf, type ListDefinition } from './list-query.js';
import { campaignReviewSql, type RecordedReview } from './reviews.js';

interface CampaignRow {
  readonly campaignId: string;
  readonly category: Category;
  readonly size: number;
  /** Members that nobody has decided about. */
  readonly open: number;
  /** Null, as the next two, of a campaign that every flag has left. */
  readonly firstSeenAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly topScore: number | null;
  readonly platforms: readonly { readonly platform: string; readonly posts: number }[];
  readonly review: RecordedReview;
  /** Of its strongest member. */
  readonly sampleSeq: number | null;
}

/** A campaign as people read it in a list. */
export interface ListedCampaign extends Omit<CampaignRow, 'sampleSeq'> {
  /** Its strongest member. */
  readonly sample: RecordedFlag | null;
}

export interface CampaignFilters {
  readonly category?: readonly string[] | undefined;
  /** That one of its members is on. */
  readonly platform?: readonly string[] | undefined;
  /** Of one of its strongest members. */
  readonly language?: readonly string[] | undefined;
  /** `open`: somebody has yet to decide about a member; else people's latest decision about the campaign. */
  readonly state?: readonly ReviewState[] | undefined;
  readonly minSize?: number | undefined;
  /** Of its highest score. */
  readonly minScore?: number | undefined;
  /** Something of it was recorded from then on, and before that; the end is not part of it. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** As of flags, in one of its strongest members. */
  readonly q?: string | undefined;
}

/** Its members are near-copies of one text: what the strongest do not have, the hundred-thousandth is not asked for. */
const STRONGEST = 20;
const amongStrongest = (condition: string) => `exists (select from (
  select language, words from flags where flags.campaign_id = campaigns.campaign_id order by score desc, seq desc limit ${STRONGEST}
) strongest where ${condition})`;

/** Campaigns that live by themselves and have members. */
export const campaignList: ListDefinition<CampaignFilters> = {
  from: '(select * from campaigns where size > 0 and lives_in is null) campaigns',
  key: { column: 'campaign_id', type: 'uuid' },
  sorts: {
    lastSeenAt: { column: 'last_seen_at', type: 'time' },
    size: { column: 'size', type: 'number' },
    topScore: { column: 'top_score', type: 'number' },
  },
  conditions: {
    category: anyOf('category'),
    platform: (platforms, bind) => `exists (select from campaign_platforms its
      where its.campaign_id = campaigns.campaign_id and its.platform = any(${bind(platforms)}::text[]))`,
    language: (languages, bind) => amongStrongest(`language = any(${bind(languages)}::text[])`),
    state(states, bind) {
      const decided = states.filter((state) => state !== 'open');
      const isOpen = states.length > decided.length ? ['open > 0'] : [];
      return `(${[...isOpen, ...(decided.length > 0 ? [anyOf('review_state')(decided, bind)] : [])].join(' or ')})`;
    },
    minSize: (size, bind) => `size >= ${bind(size)}::int`,
    minScore: (score, bind) => `top_score >= ${bind(score)}::double precision`,
    from: (from, bind) => `last_seen_at >= ${bind(from)}::timestamptz`,
    to: (to, bind) => `first_seen_at < ${bind(to)}::timestamptz`,
    q: (text, bind) => amongStrongest(wordsMatch(text, bind)),
  },
};

/** @returns the campaigns of these ids, in no order */
export async function campaignsOf(db: Queryable, campaignIds: readonly string[]): Promise<ListedCampaign[]> {
  if (campaignIds.length === 0) return [];
  const rows = await db.query<CampaignRow>(
    `select campaign_id as "campaignId", category, size, open, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt",
            top_score as "topScore", ${campaignReviewSql('c')} as review,
            (select coalesce(json_agg(json_build_object('platform', platform, 'posts', posts) order by posts desc, platform), '[]')
               from campaign_platforms its where its.campaign_id = c.campaign_id) as platforms,
            (select seq::double precision from flags f where f.campaign_id = c.campaign_id
              order by score desc, seq desc limit 1) as "sampleSeq"
       from campaigns c where campaign_id = any($1::uuid[])`,
    [campaignIds],
  );
  const seqs = rows.flatMap(({ sampleSeq }) => sampleSeq ?? []);
  const samples = new Map((await flagsOfSeqs(db, seqs)).map((flag) => [flag.seq, flag]));
  return rows.map(({ sampleSeq, ...row }) => ({
    ...row,
    sample: (sampleSeq !== null && samples.get(sampleSeq)) || null,
  }));
}
