import { randomUUID } from 'node:crypto';
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
import { permissionsOf } from '../auth/permissions.js';
import { nameOf, type Visitor } from '../auth/visitor.js';
import { RequestError } from '../problem.js';
import { reviewItem, type Review } from '../review.js';
import { carryOut, takeBack } from './carry-out.js';
import type { DecisionBody } from './decision-body.js';
import type { Desk } from './desk-claim.js';
import { refuseNonsense } from './refuse-nonsense.js';
import { partOf } from './second-review.js';
import { decisionMade, madeFrom, publishDecisions } from './tell-decision.js';

export interface DecisionRules extends Desk {
  /** Of what is judged by two people, one not knowing what the other said: 0 none, 1 all. */
  readonly secondReviewShare: number;
}

export interface MadeDecision {
  readonly decisionId: string;
  readonly seq: number;
  /** False of a repeat, which changes nothing. */
  readonly recorded: boolean;
  readonly review: Review;
  /** Where flags went: of merge and split. */
  readonly into?: string;
  readonly claimId?: string;
}

/**
 * Records what a person has decided, with all that follows from it, as one transaction.
 *
 * @throws RequestError when it cannot be decided so; 409 when somebody has decided since the caller looked
 */
export function makeDecision(
  db: Database,
  body: DecisionBody,
  visitor: Visitor,
  rules: DecisionRules,
): Promise<MadeDecision> {
  const by = nameOf(visitor);
  const maySettle = visitor.permissions.has('settle');
  return db.transaction(async (tx) => {
    await lockFlagWriting(tx);
    const { decisionId = randomUUID(), seen, ...said } = body;
    const found = await findSubject(tx, body.subject);
    if (!found) throw new RequestError(404, 'there is no such flag or campaign');
    const known = await findDecision(tx, decisionId);
    if (known) return repeated(known, body, by, found);
    refuseNonsense(body, found);
    const moves = body.action === 'merge' || body.action === 'split';
    if (moves && !maySettle) throw new RequestError(403, `to ${body.action} campaigns takes "settle"`);
    await refuseUnknownAssignee(tx, body);
    if (seen !== undefined && seen !== found.review.seq) {
      const current = reviewItem(found.review, by);
      throw new RequestError(409, 'somebody has decided about this since you looked', undefined, { current });
    }
    const part = await partOf(tx, body, { found, by, maySettle, share: rules.secondReviewShare });
    const first = part.secondOf === undefined ? undefined : await findDecision(tx, part.secondOf);
    const target = body.undoes === undefined ? undefined : await undoable(tx, body.undoes, body, maySettle);
    const { evidence = [], ...more } = target ? await takeBack(tx, target, by) : await carryOut(tx, body, rules);

    const decidedAt = new Date().toISOString();
    const decision: NewDecision = { ...wordsOf(said), decisionId, ...more, ...part, decidedBy: by, decidedAt };
    const { seq, review } = await recordDecision(tx, decision);
    // Who follows the topic must not learn a first word before the second is given.
    const isSecret = part.standing === 'held' || target?.standing === 'held';
    if (!isSecret) await publishDecisions(tx, [...(first ? [madeFrom(first)] : []), decision], review.state);
    await announceFlags(tx);
    await appendEvidence(tx, [decisionMade(decision), ...evidence]);
    return { decisionId, seq, recorded: true, review: reviewItem(review, by), ...more };
  });
}

/** A claim is kept in a table of its own. */
function wordsOf(said: DecisionBody): Omit<NewDecision, 'decisionId' | 'decidedBy' | 'decidedAt'> {
  const { subject, action, categories, reason, assignee, into, flags, undoes } = said;
  return {
    ...{ subject, action },
    ...(categories && { categories }),
    ...(reason !== undefined && { reason }),
    ...(assignee !== undefined && { assignee }),
    ...(into !== undefined && { into }),
    ...(flags && { flags }),
    ...(undoes !== undefined && { undoes }),
  };
}

function repeated(known: KnownDecision, { subject, action }: DecisionBody, by: string, found: DecidedSubject) {
  const same = JSON.stringify(known.subject) === JSON.stringify(subject);
  if (!same || known.action !== action || known.decidedBy !== by) {
    throw new RequestError(409, 'another decision has this decisionId already: give each its own');
  }
  const { decisionId, seq, details } = known;
  const { into, claimId } = details ?? {};
  const more = { ...(into !== undefined && { into }), ...(claimId !== undefined && { claimId }) };
  return { decisionId, seq, recorded: false, review: reviewItem(found.review, by), ...more };
}

async function refuseUnknownAssignee(tx: Queryable, { assignee }: DecisionBody): Promise<void> {
  if (assignee === undefined || assignee === null) return;
  const account = await findAccount(tx, assignee);
  if (!account || account.disabledAt !== null || !permissionsOf(account.role).has('decide')) {
    throw new RequestError(400, `there is no account ${assignee} that may decide`);
  }
}

async function undoable(
  tx: Queryable,
  decisionId: string,
  { subject }: DecisionBody,
  maySettle: boolean,
): Promise<KnownDecision> {
  const target = await lockDecision(tx, decisionId);
  if (!target || JSON.stringify(target.subject) !== JSON.stringify(subject)) {
    throw new RequestError(404, 'there is no such decision about this');
  }
  if (target.undoneBy !== null) throw new RequestError(409, 'it has been undone already');
  if (target.action === 'undo') throw new RequestError(409, 'an undo is not undone: decide again instead');
  if ((target.action === 'merge' || target.action === 'split') && !maySettle) {
    throw new RequestError(403, `to undo a ${target.action} takes "settle"`);
  }
  return target;
}
