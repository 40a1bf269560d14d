import type { Flag, MatchedClaim } from '@siaga/contracts';
import {
  announceFlags,
  appendEvidence,
  blankRemoved,
  debunkRumours,
  insertFlags,
  lockFlagWriting,
  markDebunked,
  markReported,
  newlyDebunked,
  recordedFlagIds,
  textRemoved,
  type EvidenceEvent,
  type Queryable,
} from '@siaga/storage';
import { joinCampaigns, type Joined } from './campaign.js';
import { policyVersion, type Policy } from './policy.js';
import { planReports } from './plan-reports.js';

/** What came of a flag, for the metrics. */
export interface Recorded {
  readonly flag: Flag;
  readonly repeated: boolean;
  /** It was recorded already, and gained a claim. */
  readonly debunked: boolean;
  readonly campaignOpened: boolean;
  readonly noticeOpened: boolean;
}

/**
 * Records flags, their campaigns, notices and scheduled deliveries in the transaction given, so that either all of it
 * holds or none. A flag that is recorded already changes nothing, unless it comes with a claim that is new: then it was
 * debunked since, and policy looks at it anew. Statements are per batch, not per flag, but for copies that join a notice that
 * is open.
 */
export async function recordFlags(tx: Queryable, flags: readonly Flag[], policy: Policy): Promise<Recorded[]> {
  await lockFlagWriting(tx);
  const fresh = await freshOf(tx, flags);
  // An audited post is for people to look at: no alert, so no campaign and no notice, whatever its category and score.
  const alerts = [...fresh].filter(({ audit }) => !audit);
  const joined = await joinCampaigns(tx, alerts, policy.similarity);
  const debunked = await newlyDebunked(
    tx,
    flags.filter((flag) => !fresh.has(flag)),
  );
  const campaigns = new Map<Flag, Joined>([
    ...alerts.map((flag, i) => [flag, joined[i] as Joined] as const),
    ...[...debunked].map(
      ([flag, { campaignId }]) => [flag, { campaignId, homeCampaignId: campaignId, opened: false }] as const,
    ),
  ]);
  const reports = await planReports(tx, campaigns, policy);

  const rows = [...fresh].map((flag) => ({
    ...{ flag, campaignId: campaigns.get(flag)?.campaignId ?? null, reported: reports.reported.has(flag) },
    homeCampaignId: campaigns.get(flag)?.homeCampaignId,
  }));
  await insertFlags(tx, rows);
  await markDebunked(tx, debunked);
  const repeatClaims = flags.filter(({ claims }) => claims?.length);
  if (repeatClaims.length > 0)
    await debunkRumours(
      tx,
      repeatClaims.map(({ post }) => post.id),
    );
  for (const [flag, { flagId }] of debunked) if (reports.reported.has(flag)) await markReported(tx, flagId);
  const noticed = await reports.file();
  const removed = await blankRemoved(tx, {
    postIds: flags.map(({ post }) => post.id),
    authors: flags.flatMap(({ post }) => post.author ?? []),
  });
  await announceFlags(tx);
  await appendEvidence(tx, [
    ...rows.map(({ flag, campaignId, reported }) => flagRecorded(flag, campaignId, reported, policy)),
    ...[...debunked].map(([flag, { claims }]) => flagDebunked(flag, claims, reports.reported.has(flag), policy)),
    ...noticed,
    ...removed.map(textRemoved),
  ]);
  return flags.map((flag) => ({
    flag,
    repeated: !fresh.has(flag),
    debunked: debunked.has(flag),
    campaignOpened: campaigns.get(flag)?.opened ?? false,
    noticeOpened: reports.opening.has(flag),
  }));
}

/** The flags that are not recorded yet, each once. */
async function freshOf(tx: Queryable, flags: readonly Flag[]): Promise<Set<Flag>> {
  const known = await recordedFlagIds(
    tx,
    flags.map(({ flagId }) => flagId),
  );
  return new Set(flags.filter(({ flagId }) => !known.has(flagId) && known.add(flagId)));
}

/** All that shows later, without the text, what was flagged, when it was captured and by which model. */
function flagRecorded(flag: Flag, campaignId: string | null, reported: boolean, policy: Policy): EvidenceEvent {
  const { flagId, post, category, score, threshold, escalateThreshold, model, textSha256, flaggedAt, audit, claims } =
    flag;
  const { id: postId, platform, seenAt } = post;
  return {
    event: 'flag-recorded',
    subject: flagId,
    body: {
      ...{ postId, platform, category, score, threshold, escalateThreshold, model, textSha256, seenAt, flaggedAt },
      ...{ campaignId, reported, policy: policyVersion(policy), ...(audit && { audit }) },
      ...(claims && { claims: claims.map(({ claimId }) => claimId) }),
    },
  };
}

/** What changed of a flag since the log told of its recording: claims by their ids, and the score with them. */
function flagDebunked(
  { flagId, score, model }: Flag,
  claims: readonly MatchedClaim[],
  reported: boolean,
  policy: Policy,
): EvidenceEvent {
  const body = { claims: claims.map(({ claimId }) => claimId), score, model, reported, policy: policyVersion(policy) };
  return { event: 'flag-debunked', subject: flagId, body };
}
