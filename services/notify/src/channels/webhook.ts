import { OutboundError, type OutboundResponse } from '@siaga/runtime';
import { Webhook } from 'standardwebhooks';
import Type, { type Static } from 'typebox';
import type { Channel, ChannelContext, SendResult } from './channel.js';
import { entryOf, WebUrl } from './fields.js';

export const WebhookEntry = entryOf('webhook', {
  url: WebUrl,
  /** Name of the `whsec_` secret that signs notices. */
  secret: Type.String(),
  /** Where a platform can be asked whether it has a message; `{id}` stands for the webhook-id. */
  inquiryUrl: Type.Optional(Type.String({ pattern: '^https?://.*\\{id\\}' })),
});

/** Statuses that ask for another try (RFC 9110, RFC 6585, RFC 8470); every 5xx does too. */
const TRY_AGAIN = new Set([408, 425, 429]);

/** Errors raised before a byte of the request has left. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * Signed POST after the Standard Webhooks specification: `webhook-id`, `webhook-timestamp`, `webhook-signature`.
 * The id is the delivery's, so a receiver that deduplicates by it, as the specification asks, can never act twice.
 */
export function webhookChannel(
  { url, secret, inquiryUrl }: Static<typeof WebhookEntry>,
  { secrets, client }: ChannelContext,
): Channel {
  const webhook = new Webhook(secrets.get(secret));
  const signed = (id: string, body: string) => {
    const at = new Date();
    return {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': webhook.sign(id, at, body),
    };
  };
  return {
    async send({ deliveryId, payload }) {
      try {
        return resultOf(
          await client.request(url, { method: 'POST', headers: signed(deliveryId, payload), body: payload }),
        );
      } catch (error) {
        return resultOfError(error);
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
  if (!TRY_AGAIN.has(status) && status < 500) return { kind: 'failed', error };
  const afterMs = retryAfterMs(response.header('retry-after'));
  return { kind: 'retry', error, ...(afterMs === undefined ? {} : { afterMs }) };
}

/** Seconds or an HTTP date, bounded: a platform may not park a notice for ever. */
function retryAfterMs(value: string | null): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(MAX_RETRY_AFTER_MS, Math.max(0, ms)) : undefined;
}

function resultOfError(error: unknown): SendResult {
  const { message } = error as Error;
  if (error instanceof OutboundError) return { kind: 'failed', error: message };
  return { kind: neverSent(error) ? 'retry' : 'uncertain', error: message };
}

function neverSent(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (NEVER_SENT.has((cause as { code?: string }).code ?? '')) return true;
  }
  return false;
}
