import type { Flag } from '@siaga/contracts';
import {
  automaticNoticesToday,
  dismissedCampaigns,
  noticesOf,
  openNotices,
  platformsOverBudget,
  reportedPosts,
  type EvidenceEvent,
  type NoticeRow,
  type Queryable,
} from '@siaga/storage';
import { uuidv7 } from 'uuidv7';
import type { Joined } from './campaign.js';
import { decide, type Destination, type Flagged } from './decide.js';
import { dueAt, type Policy } from './policy.js';
import { noticeOpened, report, type Report } from './report.js';

/** What a batch of flags sends out, before any of it is written. */
export interface PlannedReports {
  /** Flags whose posts a notice lists. */
  readonly reported: ReadonlySet<Flag>;
  /** Those of them that open their campaign's notice. */
  readonly opening: ReadonlySet<Flag>;
  /** Opens the notices and begins revisions; call it when the flags are inserted. @returns what was done, for the log */
  file(): Promise<EvidenceEvent[]>;
}

interface Planned {
  readonly filed: Report;
  readonly destination: Destination;
}

/**
 * Decides which flags are reported without a person, given what is reported already. The caller holds the flag writers'
 * lock.
 *
 * @param campaigns in the order of the flags
 */
export async function planReports(
  tx: Queryable,
  campaigns: ReadonlyMap<Flag, Joined>,
  policy: Policy,
): Promise<PlannedReports> {
  const flags = [...campaigns.keys()];
  const posts = await reportedPosts(
    tx,
    flags.map(({ post }) => post.id),
  );
  const campaignIds = [...campaigns.values()].map(({ campaignId }) => campaignId);
  const existing = new Map((await noticesOf(tx, campaignIds)).map((notice) => [keyOf(notice), notice]));
  const dismissed = await dismissedCampaigns(tx, campaignIds);
  const room = await roomToday(tx, flags, policy);
  const overBudget = await platformsOverBudget(tx);
  const toOpen = new Map<string, Planned>();
  const toRevise = new Map<string, Planned>();
  const reported = new Set<Flag>();
  const opening = new Set<Flag>();

  for (const [flag, { campaignId }] of campaigns) {
    const { post, category } = flag;
    // Nothing more about it goes out, until somebody thinks otherwise.
    if (dismissed.has(campaignId)) continue;
    const verdict = decide(policy, asFlagged(flag), overBudget);
    // Flags of a post arrive strongest first: it is reported once, under its surest category.
    if (verdict.kind === 'nowhere' || posts.has(post.id)) continue;
    const key = keyOf({ campaignId, platform: post.platform });
    const notice: NoticeRow | undefined = existing.get(key);
    // Copies follow what a person has decided about this very text.
    if (verdict.kind === 'person' && !notice?.reviewedBy) continue;
    const filed = { campaignId, platform: post.platform, category, seenAt: new Date(post.seenAt) };
    if (notice) {
      if (!toRevise.has(key)) toRevise.set(key, { filed, destination: verdict.destination });
    } else if (!toOpen.has(key)) {
      if (!room.take(post.platform)) continue;
      toOpen.set(key, { filed, destination: verdict.destination });
      opening.add(flag);
    }
    posts.add(post.id);
    reported.add(flag);
  }
  return {
    reported,
    opening,
    async file() {
      const opened = await openAll(tx, [...toOpen.values()], policy);
      const revised: EvidenceEvent[] = [];
      for (const { filed, destination } of toRevise.values())
        revised.push(...(await report(tx, filed, { policy, destination })));
      return [...opened, ...revised];
    },
  };
}

const keyOf = ({ campaignId, platform }: { campaignId: string; platform: string }) => `${campaignId} ${platform}`;

/** How many more notices may be opened today, by platform. */
async function roomToday(tx: Queryable, flags: readonly Flag[], policy: Policy) {
  const room = new Map<string, number>();
  for (const platform of new Set(flags.map(({ post }) => post.platform))) {
    const limit = Object.hasOwn(policy.platforms, platform) ? policy.platforms[platform]?.dailyNotices : undefined;
    if (limit !== undefined) room.set(platform, limit - (await automaticNoticesToday(tx, platform)));
  }
  return {
    /** @returns false when there is none */
    take(platform: string): boolean {
      const left = room.get(platform) ?? Infinity;
      room.set(platform, left - 1);
      return left > 0;
    },
  };
}

async function openAll(tx: Queryable, planned: readonly Planned[], policy: Policy): Promise<EvidenceEvent[]> {
  const notices = planned.map(({ filed, destination: { platform, urgency } }) => ({
    ...{ noticeId: uuidv7(), deliveryId: uuidv7(), campaignId: filed.campaignId, platform: filed.platform },
    ...{
      category: filed.category,
      urgency,
      dueAt: dueAt(policy, urgency, filed.seenAt),
      channel: platform.channel.kind,
    },
  }));
  await openNotices(tx, notices, policy.settleSeconds * 1000);
  return notices.map((notice) => noticeOpened(notice));
}

function asFlagged({ category, score, escalateThreshold, labels, claims, post }: Flag): Flagged {
  const { platform, url, text } = post;
  return {
    ...{ category, score, escalateThreshold, labels: labels ?? null, claims: claims ?? null },
    ...{ platform, url: url ?? null, text },
  };
}
