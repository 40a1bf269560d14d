import { postCodec } from '@siaga/contracts';
import { removePosts, type Database } from '@siaga/storage';
import { done, poison, type BatchStep } from '@siaga/stream';
import type { NotifyMetrics } from './metrics.js';

/** Deletes what is stored of the posts on `siaga.removals`. */
export function removePostsStep(options: { db: Database; metrics: NotifyMetrics }): BatchStep {
  const { db, metrics } = options;
  return {
    name: 'notify/remove',
    async run(messages) {
      const ids: string[] = [];
      const outcomes = messages.map(({ value }) => {
        const decoded = postCodec.decode(value);
        if (!decoded.ok) return poison(decoded.reason, decoded.detail);
        if (!decoded.value.deleted) return poison('not-a-removal', 'the post is not marked as deleted');
        ids.push(decoded.value.id);
        return done;
      });
      if (ids.length > 0) metrics.removed.inc(await db.transaction((tx) => removePosts(tx, ids)));
      return outcomes;
    },
  };
}
