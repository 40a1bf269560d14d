import { postWebhook, signedHeaders, signerWith } from '@siaga/outgoing';
import Type, { type Static } from 'typebox';
import type { Channel, ChannelContext } from './channel.js';
import { entryOf, KeyNames, keysOf, WebUrl } from './fields.js';

export const WebhookEntry = entryOf('webhook', {
  url: WebUrl,
  /** What signs notices: `whsec_` keys (HMAC) and `whsk_` keys (ed25519). */
  secret: KeyNames,
  /** Where a platform can be asked whether it has a message; `{id}` stands for the webhook-id. */
  inquiryUrl: Type.Optional(Type.String({ pattern: '^https?://.*\\{id\\}' })),
});

/**
 * Signed POST after the Standard Webhooks specification. The id is the delivery's, so a receiver that deduplicates by it, as
 * the specification asks, can never act twice.
 */
export function webhookChannel(
  { url, secret, inquiryUrl }: Static<typeof WebhookEntry>,
  { secrets, client }: ChannelContext,
): Channel {
  const sign = signerWith(keysOf(secret, secrets));
  return {
    // By the webhook-id, as the specification asks of receivers.
    deduplicates: true,
    send: ({ deliveryId, payload }) => postWebhook(client, { url, id: deliveryId, body: payload, sign }),
    async ask({ deliveryId }) {
      if (inquiryUrl === undefined) return 'unknown';
      const address = inquiryUrl.replace('{id}', encodeURIComponent(deliveryId));
      try {
        const { status } = await client.request(address, { headers: signedHeaders(sign, deliveryId, '') });
        return status === 200 ? 'has' : status === 404 ? 'has-not' : 'unknown';
      } catch {
        return 'unknown';
      }
    },
  };
}
