import type { Queryable } from './database.js';
import type { PostState } from './watched-posts.js';

/** What became of the posts that a platform was told of. */
export interface PlatformRemovals {
  readonly platform: string;
  readonly states: Readonly<Record<PostState, number>>;
  /**
   * From the delivery of the notice until the post was found to be gone, in seconds: half of the posts that went after it took
   * longer. It counts what was removed only, and to the look that found it; null while nothing was.
   */
  readonly medianSeconds: number | null;
}

/** By platform, of notices delivered in the last days. */
export function removalTimes(db: Queryable, days: number): Promise<PlatformRemovals[]> {
  return db.query<PlatformRemovals>(
    `select platform,
            json_build_object(
              'unseen', count(*) filter (where state = 'unseen'), 'up', count(*) filter (where state = 'up'),
              'edited', count(*) filter (where state = 'edited'), 'gone', count(*) filter (where state = 'gone'),
              'deleted', count(*) filter (where state = 'deleted')) as states,
            percentile_cont(0.5) within group (order by extract(epoch from gone_at - delivered_at)::double precision)
              filter (where gone_at > delivered_at) as "medianSeconds"
       from watched_posts where delivered_at > now() - make_interval(days => $1)
      group by platform order by platform`,
    [days],
  );
}
