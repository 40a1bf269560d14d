import type { DecisionAction, MatchedClaim } from '@siaga/contracts';
import { campaignsOf, type ListedCampaign } from './campaign-list.js';
import type { Queryable } from './database.js';
import type { Standing } from './decisions.js';
import { noticesAbout, type ListedNotice } from './notice-list.js';

const MOST_DECISIONS = 200;
const MOST_CLAIMS = 100;
const MOST_HOURS = 5_000;
/** Before its latest post. */
const TIMELINE = "interval '30 days'";

/** A decision as the history of a campaign shows it. */
export interface PastDecision {
  readonly decisionId: string;
  readonly seq: number;
  /** One of the two is what it is about. */
  readonly flagId: string | null;
  readonly campaignId: string | null;
  readonly action: DecisionAction;
  readonly standing: Standing;
  readonly reason: string | null;
  /** Of assign. */
  readonly assignee: string | null;
  /** The campaign that flags went to: of merge and split. */
  readonly into: string | null;
  readonly undoes: string | null;
  readonly undoneBy: string | null;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

export interface CampaignDetail extends ListedCampaign {
  /** The debunked claims that its members repeat, the closest first. */
  readonly claims: readonly MatchedClaim[];
  /** Those opened for it, and those that list posts which have come to it since. */
  readonly notices: readonly ListedNotice[];
  /** Posts by the hour (UTC) of their recording, oldest first; hours without any are left out. */
  readonly timeline: readonly { readonly at: Date; readonly platform: string; readonly posts: number }[];
  /** About it, its members and what was merged into it, newest first. */
  readonly history: readonly PastDecision[];
}

/**
 * @param viewer name of the account that looks: a word held for a second one is shown to nobody but who gave it
 * @returns undefined when there is no such campaign
 */
export async function findCampaignDetail(
  db: Queryable,
  campaignId: string,
  viewer: string | undefined,
): Promise<CampaignDetail | undefined> {
  const [campaign] = await campaignsOf(db, [campaignId]);
  if (!campaign) return undefined;
  const [claims, notices, timeline, history] = await Promise.all([
    claimsOf(db, campaignId),
    noticesAbout(db, campaignId),
    timelineOf(db, campaignId),
    historyOf(db, campaignId, viewer),
  ]);
  return { ...campaign, claims, notices, timeline, history };
}

/** A claim that a person said it repeats has no probability, and goes first. */
async function claimsOf(db: Queryable, campaignId: string): Promise<MatchedClaim[]> {
  const rows = await db.query<{ claim: MatchedClaim }>(
    `select claim from (
       select distinct on (claim ->> 'claimId') claim, (claim ->> 'probability')::double precision as probability
         from flags, jsonb_array_elements(claims) as claim where campaign_id = $1
        order by claim ->> 'claimId', probability desc
     ) each_once order by probability desc, claim ->> 'claimId' limit ${MOST_CLAIMS}`,
    [campaignId],
  );
  return rows.map(({ claim }) => claim);
}

async function timelineOf(db: Queryable, campaignId: string): Promise<CampaignDetail['timeline']> {
  const newestFirst = await db.query<CampaignDetail['timeline'][number]>(
    `select date_trunc('hour', f.recorded_at, 'UTC') as at, f.platform, count(*)::int as posts
       from flags f join campaigns c using (campaign_id)
      where campaign_id = $1 and f.recorded_at > c.last_seen_at - ${TIMELINE}
      group by 1, 2 order by 1 desc, 2 limit ${MOST_HOURS}`,
    [campaignId],
  );
  return newestFirst.reverse();
}

function historyOf(db: Queryable, campaignId: string, viewer: string | undefined): Promise<PastDecision[]> {
  return db.query<PastDecision>(
    `select decision_id as "decisionId", seq::double precision as seq, flag_id as "flagId", campaign_id as "campaignId", action,
            standing, reason, details ->> 'assignee' as assignee, details ->> 'into' as "into", undoes,
            undone_by as "undoneBy", decided_by as "decidedBy", decided_at as "decidedAt"
       from (
         select * from decisions
          where campaign_id = any(array(select campaign_id from campaigns where campaign_id = $1 or lives_in = $1))
         union all
         select d.* from decisions d join flags f using (flag_id) where f.campaign_id = $1
       ) d where standing <> 'held' or decided_by = $2
      order by seq desc limit ${MOST_DECISIONS}`,
    [campaignId, viewer ?? null],
  );
}
