import type { Logger } from '@siaga/runtime';
import {
  announceFlags,
  appendEvidence,
  flagsOf,
  lockFlagWriting,
  markReported,
  markReviewed,
  settleEscalation,
  takeEscalation,
  type Database,
  type Escalation,
  type EvidenceEvent,
  type Queryable,
} from '@siaga/storage';
import { decide } from './decide.js';
import type { Policy } from './policy.js';
import { report } from './report.js';

interface Options {
  readonly db: Database;
  readonly policy: () => Policy;
  readonly log: Logger;
}

/**
 * Sends what a person has decided to escalate. It may be of any score, but goes only to platforms that take the category,
 * and only with an address.
 *
 * @returns false when there was no decision to act on
 */
export function actOnDecision({ db, policy, log }: Options): Promise<boolean> {
  return db.transaction(async (tx) => {
    const escalation = await takeEscalation(tx);
    if (!escalation) return false;
    await lockFlagWriting(tx);
    const { events, outcome } = await escalate(tx, escalation, policy());
    const { decisionId } = escalation;
    await settleEscalation(tx, decisionId, outcome);
    log.info({ decisionId, outcome }, 'acted on a decision to escalate');
    await announceFlags(tx);
    await appendEvidence(tx, events);
    return true;
  });
}

async function escalate(tx: Queryable, escalation: Escalation, policy: Policy) {
  const { decidedBy: reviewedBy } = escalation;
  const events: EvidenceEvent[] = [];
  const reasons = new Set<string>();
  const sent = new Set<string>();
  for (const { flagId, postId, campaignId, platform, category, postReported, ...flag } of await flagsOf(
    tx,
    escalation,
  )) {
    const verdict = decide(policy, { platform, category, ...flag });
    if (verdict.kind === 'nowhere') {
      reasons.add(verdict.why);
    } else if (postReported || sent.has(postId)) {
      // Nothing new to send, but the person's word counts for the copies to come.
      await markReviewed(tx, { campaignId, platform, reviewedBy });
      reasons.add('the post is reported already');
    } else {
      sent.add(postId);
      await markReported(tx, flagId);
      const filed = { campaignId, platform, category, seenAt: new Date(), reviewedBy };
      events.push(...(await report(tx, filed, { policy, destination: verdict.destination })));
    }
  }
  return { events, outcome: sent.size > 0 ? 'sent' : [...reasons].join('; ') || 'the posts are no more' };
}
