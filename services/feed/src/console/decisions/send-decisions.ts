import type { Review } from '../../review.js';
import { HttpError, send } from '../load.js';
import type { Decision, Outcome } from './decision.js';

/** As many as the API takes at once. */
const AT_ONCE = 200;
const UNREACHABLE: Outcome = { status: 'failed', detail: '' };

/** Sends decisions, several in one request: what becomes of one says nothing of another. Never rejects. */
export async function sendDecisions(decisions: readonly Decision[]): Promise<readonly Outcome[]> {
  const [only] = decisions;
  if (decisions.length === 1 && only) return [await sendOne(only)];
  const outcomes: Outcome[] = [];
  for (let from = 0; from < decisions.length; from += AT_ONCE) {
    outcomes.push(...(await sendMany(decisions.slice(from, from + AT_ONCE))));
  }
  return outcomes;
}

interface Made {
  readonly decisionId: string;
  readonly review: Review;
}

async function sendOne(decision: Decision): Promise<Outcome> {
  try {
    return { status: 'made', ...(await send<Made>('/v1/decisions', decision)) };
  } catch (error) {
    return failed(error);
  }
}

interface Result extends Partial<Made> {
  readonly decisionId: string;
  readonly status: number;
  readonly detail?: string;
  readonly current?: Review;
}

async function sendMany(decisions: readonly Decision[]): Promise<readonly Outcome[]> {
  try {
    const { results } = await send<{ results: readonly Result[] }>('/v1/decisions/bulk', { decisions });
    return decisions.map((_decision, i) => (results[i] ? outcomeOf(results[i]) : UNREACHABLE));
  } catch (error) {
    const outcome = failed(error);
    return decisions.map(() => outcome);
  }
}

function outcomeOf({ status, decisionId, review, detail = '', current }: Result): Outcome {
  if (status === 200 && review) return { status: 'made', decisionId, review };
  return status === 409 && current ? { status: 'conflict', current } : { status: 'failed', detail };
}

function failed(error: unknown): Outcome {
  if (!(error instanceof HttpError)) return UNREACHABLE;
  const { current, detail = error.message } = error.problem;
  return error.status === 409 && current ? { status: 'conflict', current } : { status: 'failed', detail };
}
