import { postCodec } from '@siaga/contracts';
import type { Database } from '@siaga/storage';
import { done, poison, type BatchStep } from '@siaga/stream';
import type { NotifyMetrics } from '../metrics.js';
import type { Policy } from '../policy.js';
import { recordRumours } from './record-rumours.js';
import { rumourWatch, type RumourWatch } from './rumour-watch.js';

/**
 * Watches `siaga.rumours` for texts that several people post alike. It writes rumours and nothing else: no flag, no campaign, no
 * notice can come of one. What a process knew of texts below the floor is gone with it; rumours are found again by their texts.
 */
export function rumourStep(options: {
  readonly db: Database;
  readonly policy: () => Policy;
  readonly metrics: NotifyMetrics;
  readonly watch?: RumourWatch;
}): BatchStep {
  const { db, policy, metrics, watch = rumourWatch() } = options;
  /** The last offset that was counted: a batch that is tried again must not count twice. */
  const counted = new Map<number, bigint>();
  return {
    name: 'notify/rumours',
    async run(messages) {
      const threshold = policy().similarity;
      const outcomes = messages.map(({ value, partition, offset }) => {
        const decoded = postCodec.decode(value);
        if (!decoded.ok) return poison(decoded.reason, decoded.detail);
        if (BigInt(offset) > (counted.get(partition) ?? -1n)) {
          watch.see(decoded.value, threshold);
          counted.set(partition, BigInt(offset));
        }
        return done;
      });
      const changed = watch.changed();
      if (changed.length > 0) {
        const ids = await db.transaction((tx) => recordRumours(tx, changed, threshold));
        changed.forEach((cluster, i) => {
          if (cluster.rumourId === undefined) metrics.rumours.inc();
          watch.written(cluster, ids[i] as string);
        });
      }
      metrics.rumourTexts.set(watch.size);
      return outcomes;
    },
  };
}
