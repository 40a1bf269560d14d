import { retryAfterMs, type OutboundResponse } from '@siaga/runtime';
import Type, { type Static } from 'typebox';
import { retry, type Channel, type ChannelContext, type SendResult } from './channel.js';
import { signerWith } from '../signatures.js';
import { entryOf, KeyNames, keysOf, WebUrl } from './fields.js';
import { unanswered } from './unanswered.js';

export const WebhookEntry = entryOf('webhook', {
  url: WebUrl,
  /** What signs notices: `whsec_` keys (HMAC) and `whsk_` keys (ed25519). */
  secret: KeyNames,
  /** Where a platform can be asked whether it has a message; `{id}` stands for the webhook-id. */
  inquiryUrl: Type.Optional(Type.String({ pattern: '^https?://.*\\{id\\}' })),
});

/** Statuses that ask for another try (RFC 9110, RFC 6585, RFC 8470); every 5xx does too. */
const TRY_AGAIN = new Set([408, 425, 429]);

/** A receiver that wants no more messages at this address, as the specification has it. */
const GONE = 410;

/**
 * Signed POST after the Standard Webhooks specification: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
 * The id is the delivery's, so a receiver that deduplicates by it, as the specification asks, can never act twice.
 */
export function webhookChannel(
  { url, secret, inquiryUrl }: Static<typeof WebhookEntry>,
  { secrets, client }: ChannelContext,
): Channel {
  const sign = signerWith(keysOf(secret, secrets));
  const signed = (id: string, body: string) => ({ 'content-type': 'application/json', ...sign(id, body) });
  return {
    // By the webhook-id, as the specification asks of receivers.
    deduplicates: true,
    async send({ deliveryId, payload }) {
      try {
        return resultOf(
          await client.request(url, { method: 'POST', headers: signed(deliveryId, payload), body: payload }),
        );
      } catch (error) {
        return unanswered(error);
      }
    },
    async ask({ deliveryId }) {
      if (inquiryUrl === undefined) return 'unknown';
      const address = inquiryUrl.replace('{id}', encodeURIComponent(deliveryId));
      try {
        const { status } = await client.request(address, { headers: signed(deliveryId, '') });
        return status === 200 ? 'has' : status === 404 ? 'has-not' : 'unknown';
      } catch {
        return 'unknown';
      }
    },
  };
}

function resultOf(response: OutboundResponse): SendResult {
  const { status } = response;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const error = `HTTP ${status}`;
  if (status === GONE) return { kind: 'closed', error };
  if (!TRY_AGAIN.has(status) && status < 500) return { kind: 'failed', error };
  return retry(error, retryAfterMs(response.header));
}
