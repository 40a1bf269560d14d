import type { Queryable } from './database.js';
import { anyOf, listRows, type ListDefinition, type ListPage, type Page } from './list-query.js';

/** A source as people read it in a list. */
export interface ListedSource {
  readonly source: string;
  /** `paused`, `unread` where no worker's lease holds, else what the worker says. */
  readonly state: string;
  readonly worker: string | null;
  /** Since its worker took it. */
  readonly posts: number;
  readonly lastEventAt: string | null;
  readonly lagMs: number | null;
  readonly lastError: string | null;
}

export interface SourceFilters {
  readonly sourceState?: readonly string[] | undefined;
  readonly worker?: readonly string[] | undefined;
  /** A part of its name. */
  readonly name?: string | undefined;
}

/** A number that ingest files beside a lease; written by another version, it may lack or be anything. */
const filed = (name: string) =>
  `case when jsonb_typeof(health -> '${name}') = 'number' then (health ->> '${name}')::double precision end`;
/** Whoever has the lease, until it runs out. */
const HOLDER = 'case when lease_until >= now() then holder end';

export const sourceList: ListDefinition<SourceFilters> = {
  from: `(
    select source, case when paused then 'paused' when ${HOLDER} is null then 'unread'
                        else coalesce(health ->> 'state', 'starting') end as state,
           ${HOLDER} as worker, coalesce(${filed('posts')}, 0) as posts, health ->> 'lastEventAt' as "lastEventAt",
           ${filed('lagMs')} as "lagMs", health ->> 'lastError' as "lastError", coalesce(${filed('lagMs')}, -1) as lag
      from sources) sources`,
  key: { column: 'source', type: 'text' },
  sorts: {
    source: null,
    posts: { column: 'posts', type: 'number' },
    lagMs: { column: 'lag', type: 'number' },
  },
  conditions: {
    sourceState: anyOf('state'),
    worker: anyOf('worker'),
    name: (part, bind) => `strpos(lower(source), lower(${bind(part)})) > 0`,
  },
};

/** There are as many as an installation reads, thousands at most: all of them are looked at. */
export function searchSources(db: Queryable, filters: SourceFilters, page: Page): Promise<ListPage<ListedSource>> {
  return listRows(db, sourceList, {
    ...{ filters, page },
    statement: (sql) => `
      select source, state, worker, posts, "lastEventAt", "lagMs", "lastError", ${sql.place}
        from ${sourceList.from} ${sql.page}`,
  });
}
