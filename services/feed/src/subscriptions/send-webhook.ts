import { postWebhook, signerWith, type SendResult } from '@siaga/outgoing';
import type { OutboundClient } from '@siaga/runtime';
import { beginMessage, changesFor, type ClaimedSubscription, type Database } from '@siaga/storage';
import { followedBy, type FlagQuery } from '../saved/saved-query.js';
import type { SubscriptionKeys } from './keys.js';
import { MESSAGE_FLAGS, webhookMessage } from './webhook-message.js';

/** How far a subscription is after it, and with how many flags; or what went wrong. */
export type Sent =
  | { readonly kind: 'arrived'; readonly upTo: number; readonly flags: number | null }
  | Exclude<SendResult, { kind: 'delivered' }>
  | { readonly kind: 'taken' };

/**
 * Sends what has happened since the message before, if anything. Where it ends is written down first, so that a message that is
 * sent again is the same one, less the posts that have been taken down meanwhile, and carries the same id.
 */
export async function sendWebhook(
  claimed: ClaimedSubscription,
  { db, client, keys }: { readonly db: Database; readonly client: OutboundClient; readonly keys: SubscriptionKeys },
): Promise<Sent> {
  const { subscriptionId, afterSeq, begunTo, url } = claimed;
  const filters = followedBy(claimed.query as FlagQuery);
  const { changes, upTo } = await changesFor(db, filters, {
    ...{ after: afterSeq, until: begunTo ?? undefined, limit: MESSAGE_FLAGS },
  });
  if (changes.length === 0) return { kind: 'arrived', upTo, flags: null };
  if (begunTo === null && !(await beginMessage(db, claimed, upTo))) return { kind: 'taken' };
  const result = await postWebhook(client, {
    ...{ url: url as string, id: `${subscriptionId}.${upTo}`, body: webhookMessage(claimed, changes) },
    sign: signerWith([keys.webhookKey(subscriptionId)]),
  });
  if (result.kind !== 'delivered') return result;
  return { kind: 'arrived', upTo, flags: changes.filter((change) => 'recorded' in change).length };
}
