import type { Flag } from '@siaga/contracts';
import {
  announceFlags,
  blankRemoved,
  insertFlag,
  isReported,
  lockFlagWriting,
  openNotice,
  recordedFlagIds,
  scheduleRevision,
  type Queryable,
} from '@siaga/storage';
import { uuidv7 } from 'uuidv7';
import { joinCampaign } from './campaign.js';
import { automaticDestination, dueAt, type PlatformPolicy, type Policy } from './policy.js';

/** What came of a flag, for the metrics. */
export interface Recorded {
  readonly flag: Flag;
  readonly repeated: boolean;
  readonly campaignOpened: boolean;
  readonly noticeOpened: boolean;
}

/**
 * Records flags, their campaigns, notices and scheduled deliveries in the transaction given, so that either all of it
 * holds or none. Flags that are recorded already change nothing.
 */
export async function recordFlags(tx: Queryable, flags: readonly Flag[], policy: Policy): Promise<Recorded[]> {
  await lockFlagWriting(tx);
  const known = await recordedFlagIds(
    tx,
    flags.map((flag) => flag.flagId),
  );
  const results: Recorded[] = [];
  for (const flag of flags) {
    if (known.has(flag.flagId)) {
      results.push({ flag, repeated: true, campaignOpened: false, noticeOpened: false });
      continue;
    }
    known.add(flag.flagId);
    if (flag.audit) {
      // For people to look at: no alert, so no campaign and no notice, whatever its category and score.
      await insertFlag(tx, flag, { campaignId: null, reported: false });
      results.push({ flag, repeated: false, campaignOpened: false, noticeOpened: false });
      continue;
    }
    const campaign = await joinCampaign(tx, flag, policy.similarity);
    const destination = await destinationOf(tx, flag, policy);
    await insertFlag(tx, flag, { campaignId: campaign.campaignId, reported: destination !== undefined });
    const noticeOpened = destination ? await report(tx, flag, campaign.campaignId, { policy, destination }) : false;
    results.push({ flag, repeated: false, campaignOpened: campaign.opened, noticeOpened });
  }
  await blankRemoved(
    tx,
    flags.map((flag) => flag.post.id),
  );
  await announceFlags(tx);
  return results;
}

/** Where the post may be reported without a person deciding, if anywhere. */
async function destinationOf(tx: Queryable, flag: Flag, policy: Policy): Promise<PlatformPolicy | undefined> {
  const { category, post } = flag;
  const destination = automaticDestination(policy, post.platform, category);
  // A notice must name an exact address, so a post without one can only be handled by a person.
  if (!destination || post.url === undefined || flag.score < flag.escalateThreshold) return undefined;
  // Flags of a post arrive strongest first: it is reported once, under its surest category.
  return (await isReported(tx, post.id)) ? undefined : destination;
}

/** @returns whether a notice was opened for the flag's campaign just now */
async function report(
  tx: Queryable,
  flag: Flag,
  campaignId: string,
  { policy, destination }: { policy: Policy; destination: PlatformPolicy },
): Promise<boolean> {
  const { category, post } = flag;
  const { notice, opened } = await openNotice(tx, {
    noticeId: uuidv7(),
    campaignId,
    platform: post.platform,
    category,
    urgency: policy.categories[category].urgency,
    dueAt: dueAt(policy, category, new Date(post.seenAt)),
  });
  await scheduleRevision(tx, {
    deliveryId: uuidv7(),
    noticeId: notice.noticeId,
    channel: destination.channel.kind,
    settleMs: policy.settleSeconds * 1000,
  });
  return opened;
}
