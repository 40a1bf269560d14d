import { ANSWER_REASON_MAX, ANSWER_REFERENCE_MAX, isAnswerState } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { NotifyMetrics } from './metrics.js';

const AnswerSchema = Type.Object({
  state: Type.String({ pattern: '^[a-z][a-z_]{0,39}$' }),
  reason: Type.Optional(Type.String({ maxLength: ANSWER_REASON_MAX, pattern: '^[^\\u0000]*$' })),
  reference: Type.Optional(Type.String({ maxLength: ANSWER_REFERENCE_MAX, pattern: '^[^\\u0000]*$' })),
});
export type Answer = Static<typeof AnswerSchema>;

/** A platform's answer as it comes from outside. */
export const answerSchema = Compile(AnswerSchema);

export function countAnswer(metrics: NotifyMetrics, platform: string, state: string): void {
  metrics.answers.inc({ platform, state: isAnswerState(state) ? state : 'other' });
}
