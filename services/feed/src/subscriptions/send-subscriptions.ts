import type { Logger, OutboundClient } from '@siaga/runtime';
import {
  claimSubscription,
  messageArrived,
  messageFailed,
  type ClaimedSubscription,
  type Database,
} from '@siaga/storage';
import type { FeedMetrics } from '../metrics.js';
import { nextDigestAt } from './digest-time.js';
import type { SubscriptionKeys } from './keys.js';
import { GIVE_UP_MS, subscriptionDelayMs } from './retry-delay.js';
import { sendDigest, type DigestPost } from './send-digest.js';
import { sendWebhook, type Sent } from './send-webhook.js';

export interface SendOptions {
  readonly db: Database;
  readonly client: OutboundClient;
  readonly keys: SubscriptionKeys;
  /** How digests leave; without it they wait. */
  readonly post?: DigestPost | undefined;
  readonly metrics: FeedMetrics;
  readonly log: Logger;
}

/** Longer than any message may take: when it has run out, the holder is dead. */
const LEASE_MS = 60_000;
/** What is recorded in quick succession travels in one message. */
const GATHER_MS = 500;

/**
 * Sends one message of one subscription. Any number of processes may do so from one database.
 *
 * @returns false when there was none to send
 */
export async function sendOne(options: SendOptions): Promise<boolean> {
  const { db, metrics, log } = options;
  const claimed = await claimSubscription(db, LEASE_MS);
  if (!claimed) return false;
  const { kind, subscriptionId } = claimed;
  const sent = await attempt(claimed, options);
  const quiet = sent.kind === 'arrived' && sent.flags === null;
  if (!quiet) metrics.subscriptionMessages.inc({ kind, result: sent.kind });
  log.debug({ subscriptionId, result: sent.kind }, 'subscription attempted');
  switch (sent.kind) {
    case 'taken':
      return true;
    case 'arrived':
      if (!(await messageArrived(db, claimed, { ...sent, dueAt: nextOf(claimed) }))) {
        log.warn({ subscriptionId }, 'somebody else took the subscription before its message ended');
      } else if (sent.flags !== null) metrics.subscriptionFlags.inc({ kind }, sent.flags);
      return true;
    default:
      await messageFailed(db, claimed, failureOf(claimed, sent));
      return true;
  }
}

function attempt(claimed: ClaimedSubscription, { db, client, keys, post }: SendOptions): Promise<Sent> {
  if (claimed.kind === 'webhook') return sendWebhook(claimed, { db, client, keys });
  if (post) return sendDigest(claimed, { db, keys, post });
  return Promise.resolve({ kind: 'retry', error: 'no mail server is set: SIAGA_FEED_MAIL_FILE', afterMs: 60_000 });
}

const nextOf = ({ kind, atHour }: ClaimedSubscription): Date =>
  kind === 'digest' ? nextDigestAt(atHour, new Date()) : new Date(Date.now() + GATHER_MS);

/** One that says it is gone ends at once, any other when it has failed for days. */
function failureOf(
  { failures, failingSince }: ClaimedSubscription,
  sent: Exclude<Sent, { kind: 'arrived' | 'taken' }>,
) {
  const afterMs = subscriptionDelayMs(failures + 1, sent.kind === 'retry' ? sent.afterMs : undefined);
  const ends = sent.kind === 'closed' || (failingSince !== null && Date.now() - failingSince.getTime() >= GIVE_UP_MS);
  return { error: sent.error, dueAt: new Date(Date.now() + afterMs), ends };
}
