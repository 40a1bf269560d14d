import { OutboundError } from '@siaga/runtime';
import type { SendResult } from './send-result.js';

/** Errors raised before a byte of the request has left. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What is known of a request that threw instead of being answered, or whose answer nobody could read. */
export function unanswered(error: unknown): Extract<SendResult, { kind: 'retry' | 'uncertain' | 'failed' }> {
  const { message } = error as Error;
  if (error instanceof OutboundError) return { kind: error.answered ? 'uncertain' : 'failed', error: message };
  return { kind: neverSent(error) ? 'retry' : 'uncertain', error: message };
}

function neverSent(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (NEVER_SENT.has((cause as { code?: string }).code ?? '')) return true;
  }
  return false;
}
