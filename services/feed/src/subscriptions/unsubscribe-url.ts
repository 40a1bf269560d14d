import type { SubscriptionKeys } from './keys.js';

/** Where the reader of a digest ends it, without signing in. */
export const unsubscribeUrl = (publicUrl: URL, keys: SubscriptionKeys, subscriptionId: string): string =>
  new URL(`/v1/unsubscribe/${subscriptionId}/${keys.unsubscribeToken(subscriptionId)}`, publicUrl).href;
