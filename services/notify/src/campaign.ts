import type { Flag } from '@siaga/contracts';
import { campaignCandidates, insertCampaign, type Queryable } from '@siaga/storage';
import { bandsOf, normalise, signatureOf, similarity } from '@siaga/text';
import { uuidv7 } from 'uuidv7';

/**
 * Finds the campaign that a flag's text is a near-copy of, or opens one. The caller holds the flag writers' lock.
 *
 * @param threshold estimated Jaccard similarity from which a text belongs to a campaign
 */
export async function joinCampaign(
  tx: Queryable,
  flag: Flag,
  threshold: number,
): Promise<{ campaignId: string; opened: boolean }> {
  const { category } = flag;
  const signature = signatureOf(normalise(flag.post.text));
  const bands = bandsOf(signature);
  const [best] = (await campaignCandidates(tx, category, bands))
    .map(({ campaignId, signature: other }) => ({ campaignId, similarity: similarity(signature, other) }))
    .sort((a, b) => b.similarity - a.similarity);
  if (best && best.similarity >= threshold) return { campaignId: best.campaignId, opened: false };
  const campaignId = uuidv7();
  await insertCampaign(tx, { campaignId, category, signature: [...signature], bands });
  return { campaignId, opened: true };
}
