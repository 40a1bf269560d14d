import { appendEvidence, redirectDeliveries, type Database } from '@siaga/storage';
import { fallbacksInPolicy } from './channels/routes.js';
import type { NotifyMetrics } from './metrics.js';
import type { Policy } from './policy.js';

/**
 * Sends by the platform's fallback what its first channel has surely not taken while the deadline nears.
 *
 * @param now of the database when not given
 */
export async function takeFallbacks(
  { db, policy, metrics }: { db: Database; policy: () => Policy; metrics: NotifyMetrics },
  now?: Date,
): Promise<void> {
  const ways = fallbacksInPolicy(policy());
  if (ways.length === 0) return;
  const redirected = await db.transaction(async (tx) => {
    const moved = await redirectDeliveries(tx, ways, now);
    await appendEvidence(
      tx,
      moved.map(({ deliveryId, noticeId, revision, attempts, from, to, why }) => ({
        ...{ event: 'delivery-redirected', subject: noticeId },
        body: { deliveryId, revision, attempts, from, to, why },
      })),
    );
    return moved;
  });
  for (const { platform, why } of redirected) metrics.redirected.inc({ platform, why });
}
