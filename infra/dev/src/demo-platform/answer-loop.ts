import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '@siaga/runtime';
import { Webhook } from 'standardwebhooks';
import type { Notice, NoticeBook } from './notice-book.js';
import { outcomeOf, type PlatformAnswer } from './outcome.js';

const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 5_000;
const TIMEOUT_MS = 5_000;

export interface AnswerOptions {
  readonly book: NoticeBook;
  readonly webhook: Webhook;
  /** How long a moderator looks at a notice. */
  readonly thinkMs: number;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Answers a notice twice, as a desk would: that it is here, and, after some thought, what came of it. Each answer is
 * repeated under the same id until it is taken.
 */
export async function answerNotice(notice: Notice, options: AnswerOptions): Promise<void> {
  const { book, thinkMs, log, signal } = options;
  try {
    await post(notice, { state: 'received' }, options);
    await wait(thinkMs, undefined, { signal });
    const answer = outcomeOf(notice.noticeId);
    await post(notice, answer, options);
    book.answered(notice);
    log.debug({ noticeId: notice.noticeId, state: answer.state }, 'answered');
  } catch (err) {
    if (!signal.aborted) throw err;
  }
}

async function post(notice: Notice, answer: PlatformAnswer, { webhook, log, signal }: AnswerOptions): Promise<void> {
  const id = `answer_${notice.webhookId}_${answer.state}`;
  const body = JSON.stringify(answer);
  for (let pauseMs = FIRST_RETRY_MS; ; pauseMs = Math.min(MAX_RETRY_MS, pauseMs * 2)) {
    const said = await send(notice.answerUrl, id, body, webhook);
    if (said === undefined) return;
    log.warn({ noticeId: notice.noticeId, said, pauseMs }, 'answer not taken, sending it again');
    await wait(pauseMs, undefined, { signal });
  }
}

/** @returns why it was not taken, or undefined */
async function send(url: string, id: string, body: string, webhook: Webhook): Promise<string | undefined> {
  const at = new Date();
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, at, body),
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return response.ok ? undefined : `HTTP ${response.status} ${text.slice(0, 200)}`;
  } catch (error) {
    return (error as Error).message;
  }
}
