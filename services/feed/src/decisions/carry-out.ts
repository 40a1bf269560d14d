import {
  changeClaimIn,
  citeClaim,
  findCampaign,
  flagsToSplit,
  forgetReviewer,
  mergeCampaign,
  splitCampaign,
  unmergeCampaign,
  withdrawEscalation,
  type EvidenceEvent,
  type KnownDecision,
  type NewDecision,
  type Queryable,
} from '@siaga/storage';
import { bandsOf, normalise, signatureOf } from '@siaga/text';
import { uuidv7 } from 'uuidv7';
import { RequestError } from '../problem.js';
import type { DecisionBody } from './decision-body.js';
import { recordDeskClaim, type Desk } from './desk-claim.js';

/** What a decision adds to what was said, and to the log. */
export interface CarriedOut extends Pick<NewDecision, 'into' | 'claimId'> {
  readonly evidence?: readonly EvidenceEvent[];
}

/** Does what a decision means besides a state: moves flags between campaigns, or makes a claim. */
export async function carryOut(tx: Queryable, body: DecisionBody, desk: Desk): Promise<CarriedOut> {
  const { subject, action } = body;
  if ('campaignId' in subject) {
    const { campaignId } = subject;
    const place = await findCampaign(tx, campaignId);
    if (place?.livesIn && action !== 'comment' && action !== 'undo') {
      throw new RequestError(409, `the campaign was merged into ${place.livesIn}: decide about that one`);
    }
    if (action === 'merge' && body.into) {
      const target = body.into === campaignId ? undefined : await findCampaign(tx, body.into);
      if (!target || target.livesIn || target.category !== place?.category) {
        throw new RequestError(409, 'into must be another campaign of the same category that was not merged itself');
      }
      await mergeCampaign(tx, campaignId, body.into);
      return { into: body.into };
    }
    if (action === 'split' && body.flags && place) return split(tx, campaignId, body.flags, place);
  }
  return action === 'known-hoax' && body.claim ? makeClaim(tx, body, body.claim, desk) : {};
}

async function split(
  tx: Queryable,
  campaignId: string,
  flagIds: readonly string[],
  { category, signature }: Pick<NonNullable<Awaited<ReturnType<typeof findCampaign>>>, 'category' | 'signature'>,
): Promise<CarriedOut> {
  const { found, others, text } = await flagsToSplit(tx, campaignId, flagIds);
  if (found !== flagIds.length || others === 0) {
    throw new RequestError(409, 'flags must be some of the campaign’s, and not all of them');
  }
  // Copies of a text that is gone cannot be told any more: nothing joins such a campaign.
  const own = text === null ? undefined : signatureOf(normalise(text));
  const opened = {
    campaignId: uuidv7(),
    category,
    signature: own ? [...own] : signature,
    bands: own ? bandsOf(own) : [],
  };
  await splitCampaign(tx, { from: campaignId, opened, flagIds });
  return { into: opened.campaignId };
}

async function makeClaim(
  tx: Queryable,
  { subject }: DecisionBody,
  given: NonNullable<DecisionBody['claim']>,
  desk: Desk,
): Promise<CarriedOut> {
  const where = 'flagId' in subject ? `flag=${encodeURIComponent(subject.flagId)}` : `campaign=${subject.campaignId}`;
  const claim = await recordDeskClaim(tx, given, `#/?${where}`, desk);
  await citeClaim(tx, subject, { claimId: claim.claimId, claim });
  return { claimId: claim.claimId };
}

/**
 * Takes back what a decision did besides a state.
 *
 * @throws RequestError when it cannot be taken back
 */
export async function takeBack(tx: Queryable, target: KnownDecision, by: string): Promise<CarriedOut> {
  const { decisionId, subject, action, details, outcome } = target;
  const into = details?.into;
  if (action === 'escalate') {
    const evidence = outcome === 'sent' ? await withdrawEscalation(tx, decisionId) : [];
    if (!evidence) {
      throw new RequestError(
        409,
        'it has been sent already and cannot be taken back: dismiss it, so that nothing follows',
      );
    }
    await forgetReviewer(tx, decisionId);
    return { evidence };
  }
  if (action === 'merge' && into && 'campaignId' in subject) {
    const place = await findCampaign(tx, subject.campaignId);
    if (place?.mergedInto !== into) throw new RequestError(409, 'the campaign has gone elsewhere since');
    await unmergeCampaign(tx, subject.campaignId);
  }
  if (action === 'split' && into && 'campaignId' in subject) {
    const [back, from] = [await findCampaign(tx, into), await findCampaign(tx, subject.campaignId)];
    if (!back || back.livesIn || from?.livesIn) throw new RequestError(409, 'one of the two was merged since');
    await mergeCampaign(tx, into, subject.campaignId);
  }
  if (action === 'known-hoax' && details?.claimId) {
    await citeClaim(tx, subject, { claimId: details.claimId });
    await changeClaimIn(tx, { claimId: details.claimId, state: 'disabled', by });
  }
  return {};
}
