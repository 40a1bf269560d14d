import type { Queryable } from './database.js';
import { anyOf, listRows, type ListDefinition, type ListPage, type Page } from './list-query.js';
import type { RumourState } from './rumours.js';

/** A rumour as people read it. */
export interface ListedRumour {
  readonly rumourId: string;
  readonly state: RumourState;
  readonly decidedBy: string | null;
  readonly posts: number;
  readonly voices: number;
  readonly heat: number;
  readonly platforms: Readonly<Record<string, number>>;
  readonly hours: Readonly<Record<string, number>>;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** That its posts are flagged in, and how many flags that has. */
  readonly campaign: { readonly campaignId: string; readonly size: number } | null;
  /** The first ones that were kept. */
  readonly examples: readonly {
    readonly postId: string;
    readonly platform: string;
    readonly url: string | null;
    readonly text: string;
    /** As PostgreSQL writes it in JSON. */
    readonly seenAt: string;
  }[];
}

export interface RumourFilters {
  readonly rumourState?: readonly RumourState[] | undefined;
  readonly platform?: readonly string[] | undefined;
}

export const rumourList: ListDefinition<RumourFilters> = {
  from: 'rumours r',
  key: { column: 'r.rumour_id', type: 'uuid' },
  sorts: {
    growth: { column: 'r.heat', type: 'number' },
    lastSeenAt: { column: 'r.last_seen_at', type: 'time' },
  },
  conditions: {
    rumourState: anyOf('r.state'),
    platform: (platforms, bind) => `r.platforms ?| ${bind(platforms)}::text[]`,
  },
};

/** @returns a page of rumours in the order asked for */
export function listRumours(db: Queryable, filters: RumourFilters, page: Page): Promise<ListPage<ListedRumour>> {
  return listRows(db, rumourList, {
    ...{ filters, page },
    statement: (sql) => `
      select r.rumour_id as "rumourId", r.state, r.decided_by as "decidedBy", r.posts, r.voices, r.heat, r.platforms, r.hours,
             r.first_seen_at as "firstSeenAt", r.last_seen_at as "lastSeenAt",
             (select jsonb_build_object('campaignId', home.campaign_id, 'size', home.size)
                from campaigns c join campaigns home on home.campaign_id = coalesce(c.lives_in, c.campaign_id)
               where c.campaign_id = coalesce(r.campaign_id, (
                 select f.campaign_id from rumour_posts p join flags f using (post_id)
                  where p.rumour_id = r.rumour_id and f.category = 'hoax' and f.campaign_id is not null
                  order by f.seq limit 1))) as campaign,
             coalesce((select jsonb_agg(jsonb_build_object('postId', p.post_id, 'platform', p.platform, 'url', p.url, 'text', p.text,
                    'seenAt', p.seen_at) order by p.seen_at, p.post_id)
                from rumour_posts p where p.rumour_id = r.rumour_id), '[]') as examples, ${sql.place}
        from rumours r ${sql.page}`,
  });
}
