import { postCodec, type Post } from '@siaga/contracts';
import { removePosts, type Database, type Removed } from '@siaga/storage';
import { done, poison, type BatchStep } from '@siaga/stream';
import type { NotifyMetrics } from './metrics.js';

/** Deletes what is stored of the posts, the older versions and the authors on `siaga.removals`. */
export function removePostsStep(options: { db: Database; metrics: NotifyMetrics }): BatchStep {
  const { db, metrics } = options;
  return {
    name: 'notify/remove',
    async run(messages) {
      const removed: Removed[] = [];
      const outcomes = messages.map(({ value }) => {
        const decoded = postCodec.decode(value);
        if (!decoded.ok) return poison(decoded.reason, decoded.detail);
        const what = removedBy(decoded.value);
        if (!what) return poison('not-a-removal', 'the post is marked as neither deleted nor edited');
        removed.push(what);
        return done;
      });
      if (removed.length > 0) metrics.removed.inc(await db.transaction((tx) => removePosts(tx, removed)));
      return outcomes;
    },
  };
}

function removedBy({ id, deleted, allOfAuthor, author, seenAt, editedAt }: Post): Removed | undefined {
  if (deleted && allOfAuthor && author) return { what: 'author', author, seenUntil: seenAt };
  if (deleted) return { what: 'post', postId: id };
  return editedAt === undefined ? undefined : { what: 'versions', postId: id, olderThan: editedAt };
}
