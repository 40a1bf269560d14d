import type { Decision } from '@siaga/contracts';
import type { Queryable } from './database.js';
import { findSubject, GOVERNS, updateReview, type RecordedReview, type Subject } from './reviews.js';

/** A decision as it is to be recorded. */
export type NewDecision = Omit<Decision, 'schemaVersion' | 'state'> & {
  /** `held`: the first of two words, without effect until the second; `contested`: the two differ. Counts if not given. */
  readonly standing?: Standing;
  /** The held decision, of which this is the second word. */
  readonly secondOf?: string;
};
export type Standing = 'counts' | 'held' | 'contested';

/** A decision that was recorded, as far as whoever undoes or repeats it needs to know. */
export interface KnownDecision {
  readonly decisionId: string;
  readonly seq: number;
  readonly subject: Subject;
  readonly action: Decision['action'];
  readonly decidedBy: string;
  readonly standing: Standing;
  readonly undoneBy: string | null;
  /** What came of a task for notify; null while it waits, and where there was none. */
  readonly outcome: string | null;
  readonly decidedAt: Date;
  readonly categories: Decision['categories'] | null;
  readonly reason: string | null;
  readonly details: Pick<Decision, 'assignee' | 'into' | 'flags' | 'claimId'> | null;
}

const KNOWN = `select decision_id as "decisionId", seq::double precision as seq, action, decided_by as "decidedBy", standing,
    undone_by as "undoneBy", outcome, decided_at as "decidedAt", categories, reason, details,
    case when flag_id is null then json_build_object('campaignId', campaign_id) else json_build_object('flagId', flag_id) end
      as subject
  from decisions`;

export async function findDecision(db: Queryable, decisionId: string): Promise<KnownDecision | undefined> {
  const [row] = await db.query<KnownDecision>(`${KNOWN} where decision_id = $1`, [decisionId]);
  return row;
}

/** As findDecision, and nobody acts on it before the transaction ends. */
export async function lockDecision(tx: Queryable, decisionId: string): Promise<KnownDecision | undefined> {
  const [row] = await tx.query<KnownDecision>(`${KNOWN} where decision_id = $1 for update`, [decisionId]);
  return row;
}

/** The word that waits for a second one about the subject. */
export async function heldDecision(db: Queryable, subject: Subject): Promise<KnownDecision | undefined> {
  const [row] = await db.query<KnownDecision>(
    `${KNOWN} where ${'flagId' in subject ? 'flag_id' : 'campaign_id'} = $1 and standing = 'held' and undone_by is null
      order by seq desc limit 1`,
    ['flagId' in subject ? subject.flagId : subject.campaignId],
  );
  return row;
}

/** Whether a decision of what the subject is, about it alone and not held, counts or is contested. */
export async function isDecidedItself(db: Queryable, subject: Subject): Promise<boolean> {
  const [column, value] = 'flagId' in subject ? ['flag_id', subject.flagId] : ['campaign_id', subject.campaignId];
  const [row] = await db.query(`select 1 from decisions where ${column} = $1 and ${GOVERNS} limit 1`, [value]);
  return row !== undefined;
}

/**
 * Records a decision and brings the subject's review up to it. The caller holds the flag writers' lock, so that the
 * order of decisions is that of commits and no flag joins a campaign meanwhile with its old state.
 *
 * @returns its number, and the review of its subject since
 */
export async function recordDecision(
  tx: Queryable,
  decision: NewDecision,
): Promise<{ seq: number; review: RecordedReview }> {
  const { decisionId, subject, action, undoes, secondOf, standing = 'counts' } = decision;
  const before = (await reviewOf(tx, subject)).state;
  const { assignee, into, flags, claimId } = decision;
  const details = JSON.stringify({ assignee, into, flags, claimId });
  const [inserted] = await tx.query<{ seq: number }>(
    `insert into decisions (decision_id, flag_id, campaign_id, action, categories, reason, decided_by, decided_at, details,
                            undoes, standing, second_of, change_seq)
     values ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, '{}')::jsonb, $10, $11, $12,
             nextval(pg_get_serial_sequence('flags', 'seq'))) returning seq::double precision as seq`,
    [
      decisionId,
      'flagId' in subject ? subject.flagId : null,
      'campaignId' in subject ? subject.campaignId : null,
      ...[action, decision.categories ?? null, decision.reason ?? null, decision.decidedBy, decision.decidedAt],
      ...[details, undoes ?? null, standing, secondOf ?? null],
    ],
  );
  if (undoes !== undefined) {
    await tx.query('update decisions set undone_by = $2 where decision_id = $1', [undoes, decisionId]);
  }
  if (secondOf !== undefined) {
    await tx.query('update decisions set standing = $2 where decision_id = $1', [secondOf, standing]);
  }
  await updateReview(tx, subject);
  const review = await reviewOf(tx, subject);
  const lifted = before === 'dismissed' && review.state !== 'dismissed' && review.state !== 'disputed';
  const task = action === 'escalate' && review.state === 'escalated' ? 'escalate' : lifted ? 'resume' : null;
  if (task) await tx.query('update decisions set task = $2 where decision_id = $1', [decisionId, task]);
  return { seq: inserted?.seq ?? 0, review };
}

async function reviewOf(tx: Queryable, subject: Subject): Promise<RecordedReview> {
  const found = await findSubject(tx, subject);
  if (!found) throw new Error('a decision about something that does not exist');
  return found.review;
}
