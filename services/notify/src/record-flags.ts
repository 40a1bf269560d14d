import type { Flag } from '@siaga/contracts';
import {
  announceFlags,
  appendEvidence,
  automaticNoticesToday,
  blankRemoved,
  findNoticeOf,
  insertFlag,
  isReported,
  lockFlagWriting,
  recordedFlagIds,
  textRemoved,
  type EvidenceEvent,
  type Queryable,
} from '@siaga/storage';
import { joinCampaign } from './campaign.js';
import { decide, type Destination, type Flagged } from './decide.js';
import { policyVersion, type Policy } from './policy.js';
import { report } from './report.js';

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
      evidence.push(flagRecorded(flag, null, false, policy));
      results.push({ flag, repeated: false, campaignOpened: false, noticeOpened: false });
      continue;
    }
    const { category } = flag;
    const campaign = await joinCampaign(tx, flag, policy.similarity);
    const destination = await destinationOf(tx, flag, campaign.campaignId, policy);
    await insertFlag(tx, flag, { campaignId: campaign.campaignId, reported: destination !== undefined });
    evidence.push(flagRecorded(flag, campaign.campaignId, destination !== undefined, policy));
    const events = destination
      ? await report(
          tx,
          {
            campaignId: campaign.campaignId,
            platform: flag.post.platform,
            category,
            seenAt: new Date(flag.post.seenAt),
          },
          { policy, destination },
        )
      : [];
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
function flagRecorded(flag: Flag, campaignId: string | null, reported: boolean, policy: Policy): EvidenceEvent {
  const { flagId, post, category, score, threshold, escalateThreshold, model, textSha256, flaggedAt, audit } = flag;
  const { id: postId, platform, seenAt } = post;
  return {
    event: 'flag-recorded',
    subject: flagId,
    body: {
      ...{ postId, platform, category, score, threshold, escalateThreshold, model, textSha256, seenAt, flaggedAt },
      ...{ campaignId, reported, policy: policyVersion(policy), ...(audit && { audit }) },
    },
  };
}

/** Where the post is reported without a person deciding on it, if anywhere. */
async function destinationOf(
  tx: Queryable,
  flag: Flag,
  campaignId: string,
  policy: Policy,
): Promise<Destination | undefined> {
  const { post } = flag;
  const verdict = decide(policy, asFlagged(flag));
  if (verdict.kind === 'nowhere') return undefined;
  // Flags of a post arrive strongest first: it is reported once, under its surest category.
  if (await isReported(tx, post.id)) return undefined;
  const { destination } = verdict;
  const notice = await findNoticeOf(tx, campaignId, post.platform);
  // A person has decided about this very text.
  if (notice?.reviewedBy) return destination;
  if (verdict.kind === 'person') return undefined;
  if (notice) return destination;
  const limit = destination.platform.dailyNotices;
  return limit !== undefined && (await automaticNoticesToday(tx, post.platform)) >= limit ? undefined : destination;
}

function asFlagged({ category, score, escalateThreshold, labels, post }: Flag): Flagged {
  const { platform, url, text } = post;
  return { category, score, escalateThreshold, labels: labels ?? null, platform, url: url ?? null, text };
}
