import type { ListedCampaign } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { CategoryName, Nullable } from './fields.js';
import { FlagItem, flagItem } from './flag-item.js';
import { Review, reviewItem } from './review.js';

export const Posts = { platform: Type.String(), posts: Type.Integer() };
const ABSENT = 'null of a campaign that every flag has left';

/** A campaign as lists show it. */
export const CampaignItem = Type.Object({
  campaignId: Type.String(),
  category: CategoryName,
  size: Type.Integer({ description: 'how many flags it has' }),
  open: Type.Integer({ description: 'how many of them nobody has decided about' }),
  firstSeenAt: Nullable(Type.String({ format: 'date-time', description: ABSENT })),
  lastSeenAt: Nullable(Type.String({ format: 'date-time', description: ABSENT })),
  topScore: Nullable(Type.Number({ description: ABSENT })),
  platforms: Type.Array(Type.Object(Posts), { description: 'the one with most posts first' }),
  sample: Nullable(Type.Object(FlagItem.properties, { description: 'its strongest member' })),
  review: Review,
});
export type CampaignItem = Static<typeof CampaignItem>;

/** @param viewer name of the account that looks; somebody unknown where it is not given */
export function campaignItem(campaign: ListedCampaign, viewer?: string): CampaignItem {
  const { campaignId, category, size, open, firstSeenAt, lastSeenAt, topScore, platforms, sample, review } = campaign;
  return {
    ...{ campaignId, category, size, open, topScore, platforms: [...platforms] },
    firstSeenAt: firstSeenAt?.toISOString() ?? null,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    sample: sample && flagItem(sample, viewer),
    review: reviewItem(review, viewer),
  };
}
