import type { Flag } from '@siaga/contracts';
import {
  announceFlags,
  appendEvidence,
  blankRemoved,
  insertFlag,
  isReported,
  lockFlagWriting,
  openNotice,
  recordedFlagIds,
  scheduleRevision,
  textRemoved,
  type EvidenceEvent,
  type Queryable,
} from '@siaga/storage';
import { uuidv7 } from 'uuidv7';
import { joinCampaign } from './campaign.js';
import { automaticDestination, dueAt, revisionMs, type PlatformPolicy, type Policy } from './policy.js';

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
  const evidence: EvidenceEvent[] = [];
  for (const flag of flags) {
    if (known.has(flag.flagId)) {
      results.push({ flag, repeated: true, campaignOpened: false, noticeOpened: false });
      continue;
    }
    known.add(flag.flagId);
    if (flag.audit) {
      // For people to look at: no alert, so no campaign and no notice, whatever its category and score.
      await insertFlag(tx, flag, { campaignId: null, reported: false });
      evidence.push(flagRecorded(flag, null, false));
      results.push({ flag, repeated: false, campaignOpened: false, noticeOpened: false });
      continue;
    }
    const campaign = await joinCampaign(tx, flag, policy.similarity);
    const destination = await destinationOf(tx, flag, policy);
    await insertFlag(tx, flag, { campaignId: campaign.campaignId, reported: destination !== undefined });
    evidence.push(flagRecorded(flag, campaign.campaignId, destination !== undefined));
    const events = destination ? await report(tx, flag, campaign.campaignId, { policy, destination }) : [];
    evidence.push(...events);
    const noticeOpened = events.some(({ event }) => event === 'notice-opened');
    results.push({ flag, repeated: false, campaignOpened: campaign.opened, noticeOpened });
  }
  const removed = await blankRemoved(
    tx,
    flags.map((flag) => flag.post.id),
  );
  await announceFlags(tx);
  await appendEvidence(tx, [...evidence, ...removed.map(textRemoved)]);
  return results;
}

/** All that shows later, without the text, what was flagged, when it was captured and by which model. */
function flagRecorded(flag: Flag, campaignId: string | null, reported: boolean): EvidenceEvent {
  const { flagId, post, category, score, threshold, escalateThreshold, model, textSha256, flaggedAt, audit } = flag;
  const { id: postId, platform, seenAt } = post;
  return {
    event: 'flag-recorded',
    subject: flagId,
    body: {
      ...{ postId, platform, category, score, threshold, escalateThreshold, model, textSha256, seenAt, flaggedAt },
      ...{ campaignId, reported, ...(audit && { audit }) },
    },
  };
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

/** @returns what was done: a notice opened for the flag's campaign, a revision of it begun, or nothing */
async function report(
  tx: Queryable,
  flag: Flag,
  campaignId: string,
  { policy, destination }: { policy: Policy; destination: PlatformPolicy },
): Promise<EvidenceEvent[]> {
  const { category, post } = flag;
  const { notice, opened } = await openNotice(tx, {
    noticeId: uuidv7(),
    campaignId,
    platform: post.platform,
    category,
    urgency: policy.categories[category].urgency,
    dueAt: dueAt(policy, category, new Date(post.seenAt)),
  });
  const { noticeId, platform, urgency } = notice;
  const channel = destination.channel.kind;
  const revision = await scheduleRevision(tx, {
    ...{ deliveryId: uuidv7(), noticeId, channel },
    ...{ settleMs: policy.settleSeconds * 1000, revisionMs: revisionMs(policy, category) },
  });
  if (revision === undefined) return [];
  if (!opened) return [{ event: 'notice-revised', subject: noticeId, body: { revision, channel } }];
  const body = { campaignId, platform, category, urgency, dueAt: notice.dueAt.toISOString(), channel };
  return [{ event: 'notice-opened', subject: noticeId, body }];
}
