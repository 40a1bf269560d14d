import { createHash } from 'node:crypto';
import {
  heldDecision,
  isDecidedItself,
  type DecidedSubject,
  type KnownDecision,
  type NewDecision,
  type Queryable,
} from '@siaga/storage';
import { RequestError } from '../problem.js';
import type { DecisionBody } from './decision-body.js';

const VERDICTS = ['confirm', 'dismiss', 'escalate', 'known-hoax'];
export const isVerdict = (action: string): boolean => VERDICTS.includes(action);

/** Whether something is among the share that two people judge: always the same things, and with a larger share the same and more. */
export function isPicked(subjectId: string, share: number): boolean {
  const hash = createHash('sha256').update(`second-review\0${subjectId}`).digest().readUInt32BE();
  return hash < share * 2 ** 32;
}

/** A decision's part in the review by two. */
export type Part = Pick<NewDecision, 'standing' | 'secondOf'>;

/**
 * Says whether a word about what something is counts, waits for a second one, or is the second one.
 *
 * @throws RequestError when it is not this person's to say
 */
export async function partOf(
  tx: Queryable,
  { subject, action, categories }: DecisionBody,
  { found, by, maySettle, share }: { found: DecidedSubject; by: string; maySettle: boolean; share: number },
): Promise<Part> {
  if (found.review.state === 'disputed' && !maySettle && (isVerdict(action) || action === 'undo')) {
    throw new RequestError(403, 'two reviewers differ about it: a lead settles it');
  }
  if (!isVerdict(action)) return {};
  const first = await heldDecision(tx, subject);
  if (first) {
    if (first.decidedBy === by) throw new RequestError(409, 'you have said so already: somebody else says it second');
    return {
      secondOf: first.decisionId,
      standing: agree(first, { action, categories: categories ?? null }) ? 'counts' : 'contested',
    };
  }
  const id = 'flagId' in subject ? subject.flagId : subject.campaignId;
  // What makes a claim of its own is no quick word.
  const waits = action !== 'known-hoax' && isPicked(id, share) && !(await isDecidedItself(tx, subject));
  return waits ? { standing: 'held' } : {};
}

type Word = Pick<KnownDecision, 'action' | 'categories'>;
/** To escalate is to confirm and more; of an audited post every category counts. */
function agree(first: Word, second: Word): boolean {
  const words = ({ action, categories }: Word) =>
    categories ? [...categories].sort().join() : String(action !== 'dismiss');
  return words(first) === words(second);
}
