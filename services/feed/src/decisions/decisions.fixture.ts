import type { TestDatabase } from '@siaga/testkit';
import type { Problem } from '../problem.js';
import type { Review } from '../review.js';
import type { MadeDecision } from './make-decision.js';
import type { RunningFeed } from '../running-feed.fixture.js';
import { bearer } from '../visitors.fixture.js';
import type { Role } from '@siaga/storage';

export interface Answer {
  readonly status: number;
  readonly body: Problem & MadeDecision & { readonly current: Review };
}

/** A person of their own account at the desk. */
export async function someoneAt(feed: RunningFeed, { db }: TestDatabase, role: Role, name: string) {
  const headers = await bearer(db, role, name);
  const ask = async <T>(
    method: 'GET' | 'POST',
    url: string,
    payload?: object,
  ): Promise<{ status: number; body: T }> => {
    const answer = await feed.app.inject({ method, url, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json<T>() };
  };
  return {
    name,
    get: async <T>(url: string) => (await ask<T>('GET', url)).body,
    decide: (subject: object, action: string, fields: object = {}): Promise<Answer> =>
      ask<Answer['body']>('POST', '/v1/decisions', { subject, action, ...fields }),
    bulk: (decisions: readonly object[]) =>
      ask<{ results: ({ status: number } & Partial<Answer['body']>)[] }>('POST', '/v1/decisions/bulk', { decisions }),
  };
}
export type Someone = Awaited<ReturnType<typeof someoneAt>>;
