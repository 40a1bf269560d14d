import type { Review } from '../../review.js';
import { HttpError, send } from '../load.js';
import type { Decision, Outcome } from './decision.js';

/** Sends decisions one after the other: what becomes of one says nothing of another. Never rejects. */
export async function sendDecisions(decisions: readonly Decision[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const decision of decisions) outcomes.push(await sendOne(decision));
  return outcomes;
}

async function sendOne(decision: Decision): Promise<Outcome> {
  try {
    return { status: 'made', ...(await send<{ decisionId: string; review: Review }>('/v1/decisions', decision)) };
  } catch (error) {
    if (!(error instanceof HttpError)) return { status: 'failed', detail: '' };
    const { current, detail = error.message } = error.problem;
    return error.status === 409 && current ? { status: 'conflict', current } : { status: 'failed', detail };
  }
}
