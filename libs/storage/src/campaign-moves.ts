import type { Category } from '@siaga/contracts';
import { insertCampaigns, type Campaign } from './campaigns.js';
import type { Queryable } from './database.js';

/** A campaign as far as whoever moves its flags needs to know it. */
export interface CampaignPlace {
  readonly category: Category;
  readonly signature: readonly number[];
  /** The campaign that it was merged into, and the one at the end of that chain; null while it lives by itself. */
  readonly mergedInto: string | null;
  readonly livesIn: string | null;
}

export async function findCampaign(db: Queryable, campaignId: string): Promise<CampaignPlace | undefined> {
  const [row] = await db.query<CampaignPlace>(
    `select category, signature, merged_into as "mergedInto", lives_in as "livesIn" from campaigns where campaign_id = $1`,
    [campaignId],
  );
  return row;
}

/**
 * Lets one campaign live in another: its flags go there, and so do later copies of its texts. What notices list stays with
 * them. The caller holds the flag writers' lock; both live by themselves.
 */
export async function mergeCampaign(tx: Queryable, campaignId: string, into: string): Promise<void> {
  await tx.query('update campaigns set merged_into = $2 where campaign_id = $1', [campaignId, into]);
  await tx.query('update campaigns set lives_in = $2 where campaign_id = $1 or lives_in = $1', [campaignId, into]);
  await moveFlags(tx, { from: campaignId, to: into, which: 'true', values: [] });
}

/**
 * Lets a merged campaign live by itself again, with the flags that are copies of its texts, also those that came since, and
 * with the campaigns that had been merged into it. The caller holds the flag writers' lock.
 */
export async function unmergeCampaign(tx: Queryable, campaignId: string): Promise<void> {
  const [place] = await tx.query<{ root: string; homes: string[] }>(
    `with recursive homes as (
       select campaign_id, lives_in from campaigns where campaign_id = $1
       union all select c.campaign_id, c.lives_in from campaigns c join homes on c.merged_into = homes.campaign_id
     ) select (select lives_in from campaigns where campaign_id = $1) as root, array_agg(campaign_id) as homes from homes`,
    [campaignId],
  );
  if (!place?.root) return;
  const { root, homes } = place;
  await tx.query('update campaigns set merged_into = null where campaign_id = $1', [campaignId]);
  await tx.query('update campaigns set lives_in = nullif($1::uuid, campaign_id) where campaign_id = any($2)', [
    campaignId,
    homes,
  ]);
  const which = 'coalesce(f.home_campaign_id, f.campaign_id) = any($3::uuid[])';
  await moveFlags(tx, { from: root, to: campaignId, which, values: [homes] });
}

/**
 * Opens a campaign for some flags of another one. To undo it, merge it back. The caller holds the flag writers' lock.
 *
 * @returns how many flags went
 */
export async function splitCampaign(
  tx: Queryable,
  { from, opened, flagIds }: { readonly from: string; readonly opened: Campaign; readonly flagIds: readonly string[] },
): Promise<number> {
  await insertCampaigns(tx, [opened]);
  const to = opened.campaignId;
  const moved = await moveFlags(tx, { from, to, which: 'f.flag_id = any($3::text[])', values: [flagIds] });
  await tx.query('update flags set home_campaign_id = null where campaign_id = $1', [to]);
  return moved;
}

/** The flags take the review of where they go, unless they have one of their own. */
async function moveFlags(
  tx: Queryable,
  { from, to, which, values }: { from: string; to: string; which: string; values: readonly unknown[] },
): Promise<number> {
  const moved = await tx.query(
    `update flags f set campaign_id = c.campaign_id,
            home_campaign_id = nullif(coalesce(f.home_campaign_id, f.campaign_id), c.campaign_id),
            reported_in = case when f.reported then nullif(coalesce(f.reported_in, f.campaign_id), c.campaign_id) end,
            review_state = case when f.reviewed_itself then f.review_state else c.review_state end,
            review_seq = case when f.reviewed_itself then f.review_seq else c.review_seq end
       from campaigns c where c.campaign_id = $2 and f.campaign_id = $1 and ${which} returning 1`,
    [from, to, ...values],
  );
  return moved.length;
}

/** @returns the oldest of the flags, all of them in the campaign, that still has its text; and how many flags are not among them */
export async function flagsToSplit(
  db: Queryable,
  campaignId: string,
  flagIds: readonly string[],
): Promise<{ found: number; others: number; text: string | null }> {
  const [row] = await db.query<{ found: number; others: number; text: string | null }>(
    `select count(*) filter (where chosen)::int as found, count(*) filter (where not chosen)::int as others,
            (array_agg(text order by seq) filter (where chosen and removed_at is null))[1] as text
       from (select seq, text, removed_at, flag_id = any($2) as chosen from flags where campaign_id = $1) f`,
    [campaignId, flagIds],
  );
  return row ?? { found: 0, others: 0, text: null };
}
