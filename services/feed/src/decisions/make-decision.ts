import { createHash, randomUUID } from 'node:crypto';
import {
  announceFlags,
  appendEvidence,
  findAccount,
  findDecision,
  findSubject,
  lockDecision,
  lockFlagWriting,
  recordDecision,
  type Database,
  type DecidedSubject,
  type KnownDecision,
  type NewDecision,
  type Queryable,
} from '@siaga/storage';
import { nameOf, type Visitor } from '../auth/visitor.js';
import { RequestError } from '../problem.js';
import { reviewItem, type Review } from '../review.js';
import type { DecisionBody } from './decision-body.js';

export interface MadeDecision {
  readonly decisionId: string;
  readonly seq: number;
  /** False of a repeat, which changes nothing. */
  readonly recorded: boolean;
  readonly review: Review;
}

/** Somebody else has decided since the caller looked. */
export class DecidedMeanwhile extends RequestError {
  constructor(current: Review) {
    super(409, 'somebody has decided about this since you looked', undefined, { current });
  }
}

/**
 * Records what a person has decided, with all that follows from it, as one transaction.
 *
 * @throws RequestError when it cannot be decided so
 */
export function makeDecision(db: Database, body: DecisionBody, visitor: Visitor): Promise<MadeDecision> {
  const by = nameOf(visitor);
  return db.transaction(async (tx) => {
    await lockFlagWriting(tx);
    const { decisionId = randomUUID(), seen, ...said } = body;
    const subject = await findSubject(tx, body.subject);
    if (!subject) throw new RequestError(404, 'there is no such flag or campaign');
    const known = await findDecision(tx, decisionId);
    if (known) return repeated(known, body, by, subject);
    refuseNonsense(body, subject);
    await refuseUnknownAssignee(tx, body);
    if (seen !== undefined && seen !== subject.review.seq) throw new DecidedMeanwhile(reviewItem(subject.review, by));
    if (body.undoes !== undefined) refuseUndo(await lockDecision(tx, body.undoes), body);

    const decision: NewDecision = { decisionId, ...said, decidedBy: by, decidedAt: new Date().toISOString() };
    const { seq, review } = await recordDecision(tx, decision);
    await announceFlags(tx);
    await appendEvidence(tx, [decisionMade(decision, review.state)]);
    return { decisionId, seq, recorded: true, review: reviewItem(review, by) };
  });
}

function repeated(known: KnownDecision, { subject, action }: DecisionBody, by: string, found: DecidedSubject) {
  const same = JSON.stringify(known.subject) === JSON.stringify(subject);
  if (!same || known.action !== action || known.decidedBy !== by) {
    throw new RequestError(409, 'another decision has this decisionId already: give each its own');
  }
  const { decisionId, seq } = known;
  return { decisionId, seq, recorded: false, review: reviewItem(found.review, by) };
}

function refuseNonsense({ action, categories, reason }: DecisionBody, { audited }: DecidedSubject): void {
  const isVerdict = action === 'confirm' || action === 'dismiss';
  if (audited && action === 'escalate') {
    throw new RequestError(400, 'an audited post is no alert: it is confirmed or dismissed, and reported to nobody');
  }
  if ((audited && isVerdict) !== (categories !== undefined)) {
    throw new RequestError(400, 'categories belong to a decision about an audited post, and only to it');
  }
  if (categories && action !== (categories.length > 0 ? 'confirm' : 'dismiss')) {
    throw new RequestError(400, 'an audited post is confirmed when it has a category and dismissed when it has none');
  }
  if (action === 'dismiss' && !audited && !reason?.trim()) throw new RequestError(400, 'say why: reason');
  if (action === 'comment' && !reason?.trim()) throw new RequestError(400, 'a comment has its text in reason');
}

async function refuseUnknownAssignee(tx: Queryable, { action, assignee }: DecisionBody): Promise<void> {
  if ((action === 'assign') !== (assignee !== undefined)) {
    throw new RequestError(400, 'assign, and only that, has an assignee: the name of an account, or null');
  }
  if (assignee === undefined || assignee === null) return;
  const account = await findAccount(tx, assignee);
  if (!account || account.disabledAt !== null || account.role === 'platform' || account.role === 'viewer') {
    throw new RequestError(400, `there is no account ${assignee} that may decide`);
  }
}

function refuseUndo(target: KnownDecision | undefined, { subject }: DecisionBody): void {
  if (!target || JSON.stringify(target.subject) !== JSON.stringify(subject)) {
    throw new RequestError(404, 'there is no such decision about this');
  }
  if (target.undoneBy !== null) throw new RequestError(409, 'it has been undone already');
  if (target.action === 'undo') throw new RequestError(409, 'an undo is not undone: decide again instead');
  if (target.action === 'escalate' && target.outcome === 'sent') {
    throw new RequestError(
      409,
      'it has been sent already and cannot be taken back: dismiss it, so that nothing follows',
    );
  }
}

/** No text: of a reason the hash. */
function decisionMade({ decisionId, subject, action, reason, ...rest }: NewDecision, state: string) {
  const { categories, assignee, into, flags, claimId, undoes, standing, secondOf, decidedBy } = rest;
  return {
    event: 'decision-made' as const,
    subject: 'flagId' in subject ? subject.flagId : subject.campaignId,
    body: {
      ...{
        decisionId,
        action,
        state,
        by: decidedBy,
        categories,
        assignee,
        into,
        flags,
        claimId,
        undoes,
        standing,
        secondOf,
      },
      ...(reason !== undefined && { reasonSha256: createHash('sha256').update(reason).digest('hex') }),
    },
  };
}
