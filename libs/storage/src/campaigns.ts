import type { Category } from '@siaga/contracts';
import type { Queryable } from './database.js';

export interface CampaignCandidate {
  readonly campaignId: string;
  /** MinHash signature of the campaign's first member. */
  readonly signature: readonly number[];
}

/** @returns campaigns of the category that agree with at least one of the bands, most bands in common first */
export async function campaignCandidates(
  tx: Queryable,
  category: Category,
  bands: readonly number[],
  limit = 50,
): Promise<CampaignCandidate[]> {
  const rows = await tx.query<{ campaign_id: string; signature: number[] }>(
    `select c.campaign_id, c.signature
       from unnest($2::int[]) with ordinality as wanted (hash, position)
       join campaign_bands b on b.category = $1 and b.band = wanted.position - 1 and b.hash = wanted.hash
       join campaigns c using (campaign_id)
      group by c.campaign_id, c.signature
      order by count(*) desc, c.campaign_id
      limit $3`,
    [category, bands, limit],
  );
  return rows.map((row) => ({ campaignId: row.campaign_id, signature: row.signature }));
}

export async function insertCampaign(
  tx: Queryable,
  campaign: { campaignId: string; category: Category; signature: readonly number[]; bands: readonly number[] },
): Promise<void> {
  await tx.query('insert into campaigns (campaign_id, category, signature) values ($1, $2, $3)', [
    campaign.campaignId,
    campaign.category,
    campaign.signature,
  ]);
  await tx.query(
    `insert into campaign_bands (category, band, hash, campaign_id)
     select $1, position - 1, hash, $3 from unnest($2::int[]) with ordinality as bands (hash, position)`,
    [campaign.category, campaign.bands, campaign.campaignId],
  );
}
