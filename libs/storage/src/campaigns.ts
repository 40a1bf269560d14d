import type { Category } from '@siaga/contracts';
import type { Queryable } from './database.js';

export interface Campaign {
  readonly campaignId: string;
  readonly category: Category;
  /** MinHash signature of the campaign's first member. */
  readonly signature: readonly number[];
  readonly bands: readonly number[];
}

/** A campaign that a text may be a copy of. */
export interface CampaignCandidate extends Pick<Campaign, 'campaignId' | 'signature'> {
  /** Where its copies go: the campaign that it was merged into, else itself. */
  readonly livesIn: string;
}

const CANDIDATES = 50;

/**
 * @returns for each text the campaigns of its category that agree with at least one of its bands, most bands in common
 *   first
 */
export async function campaignCandidates(
  tx: Queryable,
  texts: readonly Pick<Campaign, 'category' | 'bands'>[],
): Promise<CampaignCandidate[][]> {
  const candidates: CampaignCandidate[][] = texts.map(() => []);
  const wanted = texts.flatMap(({ category, bands }, item) =>
    bands.map((hash, band) => ({ item, category, band, hash })),
  );
  const rows = await tx.query<CampaignCandidate & { item: number }>(
    `select item, campaign_id as "campaignId", c.signature, coalesce(c.lives_in, campaign_id) as "livesIn"
       from (
         select w.item, b.campaign_id, row_number() over (partition by w.item order by count(*) desc, b.campaign_id) as place
           from unnest($1::int[], $2::text[], $3::smallint[], $4::int[]) as w (item, category, band, hash)
           join campaign_bands b using (category, band, hash)
          group by w.item, b.campaign_id
       ) found join campaigns c using (campaign_id)
      where place <= ${CANDIDATES} order by item, place`,
    [
      wanted.map(({ item }) => item),
      wanted.map(({ category }) => category),
      wanted.map(({ band }) => band),
      wanted.map(({ hash }) => hash),
    ],
  );
  for (const { item, ...candidate } of rows) candidates[item]?.push(candidate);
  return candidates;
}

export async function insertCampaigns(tx: Queryable, campaigns: readonly Campaign[]): Promise<void> {
  if (campaigns.length === 0) return;
  await tx.query(
    `insert into campaigns (campaign_id, category, signature)
     select id, category, signature::int[] from unnest($1::uuid[], $2::text[], $3::text[]) as new (id, category, signature)`,
    [
      campaigns.map(({ campaignId }) => campaignId),
      campaigns.map(({ category }) => category),
      campaigns.map(({ signature }) => `{${signature.join()}}`),
    ],
  );
  const bands = campaigns.flatMap(({ campaignId, category, bands }) =>
    bands.map((hash, band) => ({ campaignId, category, band, hash })),
  );
  await tx.query(
    `insert into campaign_bands (category, band, hash, campaign_id)
     select * from unnest($1::text[], $2::smallint[], $3::int[], $4::uuid[])`,
    [
      bands.map(({ category }) => category),
      bands.map(({ band }) => band),
      bands.map(({ hash }) => hash),
      bands.map(({ campaignId }) => campaignId),
    ],
  );
}

export const insertCampaign = (tx: Queryable, campaign: Campaign): Promise<void> => insertCampaigns(tx, [campaign]);

/** @returns those of the campaigns that people have dismissed */
export async function dismissedCampaigns(db: Queryable, campaignIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ campaign_id: string }>(
    `select campaign_id from campaigns where campaign_id = any($1) and review_state = 'dismissed'`,
    [campaignIds],
  );
  return new Set(rows.map((row) => row.campaign_id));
}
