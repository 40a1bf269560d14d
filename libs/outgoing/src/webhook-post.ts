import { retryAfterMs, type OutboundClient, type OutboundResponse } from '@siaga/runtime';
import { retry, type SendResult } from './send-result.js';
import type { Signer } from './signatures.js';
import { unanswered } from './unanswered.js';

/** Statuses that ask for another try of what was not taken (RFC 9110, RFC 6585, RFC 8470). */
const TRY_AGAIN = new Set([408, 425, 429, 503]);

/** A receiver that wants no more messages at this address, as the specification has it. */
const GONE = 410;

export const signedHeaders = (sign: Signer, id: string, body: string): Record<string, string> => ({
  'content-type': 'application/json',
  ...sign(id, body),
});

/**
 * Posts a message after the Standard Webhooks specification: `webhook-id`, `webhook-timestamp`, `webhook-signature`. A message
 * that is sent again carries the same id, by which its receiver knows it.
 */
export async function postWebhook(
  client: OutboundClient,
  { url, id, body, sign }: { readonly url: string; readonly id: string; readonly body: string; readonly sign: Signer },
): Promise<SendResult> {
  try {
    return resultOf(await client.request(url, { method: 'POST', headers: signedHeaders(sign, id, body), body }));
  } catch (error) {
    return unanswered(error);
  }
}

function resultOf(response: OutboundResponse): SendResult {
  const { status } = response;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const error = `HTTP ${status}`;
  if (status === GONE) return { kind: 'closed', error };
  if (TRY_AGAIN.has(status)) return retry(error, retryAfterMs(response.header));
  // A server that fails, or a gateway that has given up on one, may have taken it before.
  return { kind: status >= 500 ? 'uncertain' : 'failed', error };
}
