import type { Category, Flag } from '@siaga/contracts';
import {
  campaignCandidates,
  insertCampaigns,
  type Campaign,
  type CampaignCandidate,
  type Queryable,
} from '@siaga/storage';
import { bandsOf, normalise, signatureOf, similarity } from '@siaga/text';
import { uuidv7 } from 'uuidv7';

export interface Joined {
  readonly campaignId: string;
  /** The campaign whose text it is a copy of: another one, where that was merged into this. */
  readonly homeCampaignId: string;
  /** True for the flag whose text is the campaign's first. */
  readonly opened: boolean;
}

/**
 * Finds for each flag the campaign that its text is a near-copy of, or opens one; flags of one batch join one another's.
 * The caller holds the flag writers' lock.
 *
 * @param threshold estimated Jaccard similarity from which a text belongs to a campaign
 * @returns in the order of the flags
 */
export async function joinCampaigns(tx: Queryable, flags: readonly Flag[], threshold: number): Promise<Joined[]> {
  const texts = flags.map(({ category, post }) => {
    const signature = signatureOf(normalise(post.text));
    return { category, signature, bands: bandsOf(signature) };
  });
  const stored = await campaignCandidates(tx, texts);
  const opened = openedCampaigns();
  const joined = texts.map(({ category, signature, bands }, i): Joined => {
    const [best] = [...(stored[i] ?? []), ...opened.candidates(category, bands)]
      .map(({ signature: other, ...candidate }) => ({ ...candidate, similarity: similarity(signature, other) }))
      // Of two with one text the later one was split off: that is where people want the copies.
      .sort((a, b) => b.similarity - a.similarity || (a.campaignId < b.campaignId ? 1 : -1));
    if (best && best.similarity >= threshold) {
      return { campaignId: best.livesIn, homeCampaignId: best.campaignId, opened: false };
    }
    const campaignId = uuidv7();
    opened.add({ campaignId, category, signature: [...signature], bands });
    return { campaignId, homeCampaignId: campaignId, opened: true };
  });
  await insertCampaigns(tx, opened.all);
  return joined;
}

/** The campaigns that a batch has opened, to be found by their bands like those of the database. */
function openedCampaigns() {
  const all: Campaign[] = [];
  const byBand = new Map<string, Campaign[]>();
  const keys = (category: Category, bands: readonly number[]) =>
    bands.map((hash, band) => `${category} ${band} ${hash}`);
  return {
    all,
    add(campaign: Campaign) {
      all.push(campaign);
      for (const key of keys(campaign.category, campaign.bands))
        byBand.set(key, [...(byBand.get(key) ?? []), campaign]);
    },
    candidates: (category: Category, bands: readonly number[]): CampaignCandidate[] =>
      [...new Set(keys(category, bands).flatMap((key) => byBand.get(key) ?? []))].map(({ campaignId, signature }) => ({
        ...{ campaignId, signature, livesIn: campaignId },
      })),
  };
}
