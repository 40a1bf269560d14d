import { createHmac, timingSafeEqual } from 'node:crypto';

/** What signs messages and unsubscribe links, one key a subscription, all of them from one secret of the fleet. */
export interface SubscriptionKeys {
  /** In the form of Standard Webhooks. */
  readonly webhookKey: (subscriptionId: string) => string;
  readonly unsubscribeToken: (subscriptionId: string) => string;
  readonly isUnsubscribeToken: (subscriptionId: string, token: string) => boolean;
}

/** Nothing of it is stored: whoever has a copy of the database can sign nothing with it. */
export function subscriptionKeys(secret: string): SubscriptionKeys {
  const derived = (purpose: string, id: string) => createHmac('sha256', secret).update(`${purpose}:${id}`).digest();
  const unsubscribeToken = (id: string) => derived('unsubscribe', id).toString('base64url');
  return {
    webhookKey: (id) => `whsec_${derived('webhook', id).toString('base64')}`,
    unsubscribeToken,
    isUnsubscribeToken(id, token) {
      const [given, good] = [Buffer.from(token), Buffer.from(unsubscribeToken(id))];
      return given.length === good.length && timingSafeEqual(given, good);
    },
  };
}
