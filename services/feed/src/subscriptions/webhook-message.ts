import type { ClaimedSubscription, FlagChange } from '@siaga/storage';
import { flagItem, removedEvent } from '../flag-item.js';

/** As many as travel in one message. */
export const MESSAGE_FLAGS = 50;

/**
 * What a webhook is sent: the flags recorded since the message before, and those that have lost their text, whose copies the
 * receiver deletes. An event in the form that Standard Webhooks proposes.
 */
export function webhookMessage({ queryId, queryName }: ClaimedSubscription, changes: readonly FlagChange[]): string {
  return JSON.stringify({
    type: 'siaga.flags',
    timestamp: new Date().toISOString(),
    data: {
      query: { queryId, name: queryName },
      flags: changes.flatMap((change) => ('recorded' in change ? flagItem(change.recorded) : [])),
      removed: changes.flatMap((change) => ('removed' in change ? removedEvent(change.seq, change.removed) : [])),
    },
  });
}
