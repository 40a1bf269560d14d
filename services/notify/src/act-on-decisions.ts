import type { Logger } from '@siaga/runtime';
import {
  announceFlags,
  appendEvidence,
  flagsOf,
  hasDecisionTask,
  lockFlagWriting,
  markReported,
  markReviewed,
  platformsOverBudget,
  settleDecisionTask,
  takeDecisionTask,
  type Database,
  type DecisionTask,
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
 * Sends what a person has decided to escalate, or what policy held back for as long as it was dismissed. What is escalated
 * may be of any score, but goes only to platforms that take the category, and only with an address.
 *
 * @returns false when there was no decision to act on
 */
export function actOnDecision({ db, policy, log }: Options): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await hasDecisionTask(tx))) return false;
    await lockFlagWriting(tx);
    const task = await takeDecisionTask(tx);
    if (!task) return false;
    const { events, outcome } = await act(tx, task, policy());
    const { decisionId } = task;
    await settleDecisionTask(tx, decisionId, outcome);
    log.info({ decisionId, task: task.task, outcome }, 'acted on a decision');
    await announceFlags(tx);
    await appendEvidence(tx, events);
    return true;
  });
}

async function act(tx: Queryable, task: DecisionTask, policy: Policy) {
  const reviewedBy = task.task === 'escalate' ? task.decidedBy : undefined;
  const overBudget = reviewedBy === undefined ? await platformsOverBudget(tx) : undefined;
  const events: EvidenceEvent[] = [];
  const reasons = new Set<string>();
  const sent = new Set<string>();
  for (const { flagId, postId, campaignId, platform, category, postReported, ...flag } of await flagsOf(tx, task)) {
    const verdict = decide(policy, { platform, category, ...flag }, overBudget);
    if (verdict.kind === 'nowhere') {
      reasons.add(verdict.why);
    } else if (postReported || sent.has(postId)) {
      // Nothing new to send, but the person's word counts for the copies to come.
      if (reviewedBy !== undefined) await markReviewed(tx, { campaignId, platform, reviewedBy });
      reasons.add('the post is reported already');
    } else if (verdict.kind === 'person' && reviewedBy === undefined) {
      reasons.add(verdict.why);
    } else {
      sent.add(postId);
      await markReported(tx, flagId, reviewedBy === undefined ? null : task.decisionId);
      const filed = { campaignId, platform, category, seenAt: new Date(), ...(reviewedBy && { reviewedBy }) };
      events.push(...(await report(tx, filed, { policy, destination: verdict.destination })));
    }
  }
  return { events, outcome: sent.size > 0 ? 'sent' : [...reasons].join('; ') || 'the posts are no more' };
}
