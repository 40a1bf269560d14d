import type { FlagItem, RemovedEvent } from '../../flag-item.js';

/** As many as one page of the API holds, and never more: a wall screen is not reloaded for weeks. */
export const KEPT = 200;
const HOUR_MS = 3_600_000;

/** Flags as the server has them now, with those that came after it was asked. */
export function afterLoading(held: readonly FlagItem[], loaded: readonly FlagItem[]): readonly FlagItem[] {
  const upTo = loaded[0]?.seq ?? 0;
  return newest([...held.filter(({ seq }) => seq > upTo), ...loaded]);
}

/** Newest first; what comes twice, as after a reconnect, is held once. */
export function withArrived(held: readonly FlagItem[], arrived: readonly FlagItem[]): readonly FlagItem[] {
  const ids = new Set(arrived.map(({ flagId }) => flagId));
  return newest([...arrived, ...held.filter(({ flagId }) => !ids.has(flagId))]);
}

/** Nothing of a post that its author took down stays on the wall. */
export function withoutRemoved(held: readonly FlagItem[], removals: readonly RemovedEvent[]): readonly FlagItem[] {
  const removed = new Set(removals.map(({ postId }) => postId));
  return held.filter(({ post }) => !removed.has(post.id));
}

const newest = (items: readonly FlagItem[]): readonly FlagItem[] =>
  [...items].sort((a, b) => b.seq - a.seq).slice(0, KEPT);

export interface Growth {
  readonly campaignId: string;
  /** Flags of it among those held that are an hour old at most. */
  readonly grown: number;
  /** All its flags, as its newest says. */
  readonly size: number;
  /** The strongest of those held. */
  readonly face: FlagItem;
  /** Of those held, by the number of copies. */
  readonly platforms: readonly string[];
}

/** Campaigns by how much they have grown in the last hour, the fastest first; not those that people have dismissed. */
export function fastestGrowing(flags: readonly FlagItem[], now: number, atMost: number): readonly Growth[] {
  const byCampaign = new Map<string, FlagItem[]>();
  for (const flag of flags) {
    const { campaignId, audit, post, review } = flag;
    if (campaignId === null || audit !== null || post.removedAt !== null || review.state === 'dismissed') continue;
    if (Date.parse(flag.recordedAt) < now - HOUR_MS) continue;
    byCampaign.set(campaignId, [...(byCampaign.get(campaignId) ?? []), flag]);
  }
  return [...byCampaign]
    .map(([campaignId, copies]) => growthOf(campaignId, copies))
    .sort((a, b) => b.grown - a.grown || b.size - a.size || b.face.seq - a.face.seq)
    .slice(0, atMost);
}

function growthOf(campaignId: string, copies: readonly FlagItem[]): Growth {
  const face = copies.reduce((best, copy) => (copy.score > best.score ? copy : best));
  const counts = new Map<string, number>();
  for (const { post } of copies) counts.set(post.platform, (counts.get(post.platform) ?? 0) + 1);
  return {
    ...{ campaignId, face, grown: copies.length },
    size: Math.max(...copies.map(({ campaignSize }) => campaignSize)),
    platforms: [...counts].sort(([, a], [, b]) => b - a).map(([platform]) => platform),
  };
}
