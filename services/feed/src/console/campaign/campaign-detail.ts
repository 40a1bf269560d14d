import type { FlagItem, NoticeItem } from '../../flag-item.js';
import type { Review } from '../../review.js';

/** A campaign as its view shows it. */
export interface CampaignDetail {
  readonly campaignId: string;
  readonly category: FlagItem['category'];
  readonly size: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly topScore: number;
  readonly platforms: readonly { readonly platform: string; readonly posts: number }[];
  readonly review: Review;
  readonly notices: readonly (NoticeItem & { readonly platform: string })[];
  readonly timeline: readonly { readonly at: string; readonly platform: string; readonly posts: number }[];
  readonly claims: FlagItem['claims'];
  readonly debunkedAt: string | null;
}

const HOUR_MS = 3_600_000;

/** @returns what can be said of a campaign by its copies, newest first; null without any */
export function detailOf(copies: readonly FlagItem[]): CampaignDetail | null {
  const [newest, oldest] = [copies[0], copies.at(-1)];
  if (!newest || !oldest || newest.campaignId === null) return null;
  const strongest = copies.reduce((best, copy) => (copy.score > best.score ? copy : best));
  const notices = new Map(copies.flatMap(({ notice, post }) => (notice ? [[post.platform, notice] as const] : [])));
  const hours = counted(copies, ({ recordedAt, post }) => `${hourOf(recordedAt)} ${post.platform}`);
  return {
    ...{ campaignId: newest.campaignId, category: newest.category, size: newest.campaignSize, review: newest.review },
    ...{ firstSeenAt: oldest.recordedAt, lastSeenAt: newest.recordedAt, topScore: strongest.score },
    ...{ claims: strongest.claims, debunkedAt: strongest.debunkedAt },
    platforms: counted(copies, ({ post }) => post.platform).map(([platform, posts]) => ({ platform, posts })),
    timeline: hours.map(([key, posts]) => {
      const [at = '', platform = ''] = key.split(' ');
      return { at, platform, posts };
    }),
    notices: [...notices].map(([platform, notice]) => ({ platform, ...notice })),
  };
}

const hourOf = (at: string): string => new Date(Math.floor(Date.parse(at) / HOUR_MS) * HOUR_MS).toISOString();

function counted(copies: readonly FlagItem[], keyOf: (copy: FlagItem) => string): readonly [string, number][] {
  const counts = new Map<string, number>();
  for (const copy of copies) counts.set(keyOf(copy), (counts.get(keyOf(copy)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
