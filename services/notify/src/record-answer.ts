import { createHash } from 'node:crypto';
import { appendEvidence, recordAnswer, type Queryable } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { NotifyMetrics } from './metrics.js';

/** States that Siaga acts on; a platform may use others, which are kept as they are. */
export const ANSWER_STATES = ['received', 'under_review', 'actioned', 'rejected', 'needs_info', 'disputed'] as const;
export type AnswerState = (typeof ANSWER_STATES)[number];

export const isKnownState = (state: string): state is AnswerState =>
  (ANSWER_STATES as readonly string[]).includes(state);

const AnswerSchema = Type.Object({
  state: Type.String({ pattern: '^[a-z][a-z_]{0,39}$' }),
  reason: Type.Optional(Type.String({ maxLength: 4_000, pattern: '^[^\\u0000]*$' })),
  /** The platform's own number for the case. */
  reference: Type.Optional(Type.String({ maxLength: 200, pattern: '^[^\\u0000]*$' })),
});
export type Answer = Static<typeof AnswerSchema>;

/** A platform's answer as it comes from outside. */
export const answerSchema = Compile(AnswerSchema);

/**
 * Records an answer, however it came, in the transaction given. Call it last: it appends to the log.
 *
 * @param answerId the same for repeats, which change nothing
 * @returns false when the answer was known already
 */
export async function takeAnswer(
  tx: Queryable,
  { answerId, noticeId, answer }: { answerId: string; noticeId: string; answer: Answer },
): Promise<boolean> {
  const { state, reason } = answer;
  if (!(await recordAnswer(tx, { ...answer, answerId, noticeId }))) return false;
  // The platform's words may quote the post.
  const reasonSha256 = reason === undefined ? null : createHash('sha256').update(reason).digest('hex');
  await appendEvidence(tx, [{ event: 'answer-received', subject: noticeId, body: { answerId, state, reasonSha256 } }]);
  return true;
}

export function countAnswer(metrics: NotifyMetrics, platform: string, state: string): void {
  metrics.answers.inc({ platform, state: isKnownState(state) ? state : 'other' });
}
