import type { Queryable } from './database.js';
import {
  bindings,
  orderSql,
  positionAfter,
  type Bind,
  type ListShape,
  type Page,
  type Place,
  type Position,
} from './list-query.js';

/** What a part of a search has found, and where it stopped; null where there is nothing beyond. */
export interface Found {
  readonly rows: readonly Place[];
  readonly stoppedAt: Position | null;
}

/**
 * Reads so many rows of a table in order, and keeps those that are met: the work is bounded, however few those are.
 *
 * @param part what to read: of the rows within `bounds`, which an index gives in that order, those that `met` lets through
 */
export async function readOn(
  db: Queryable,
  list: ListShape & { readonly table: string },
  part: {
    readonly page: Omit<Page, 'limit'>;
    readonly from: Position | undefined;
    readonly count: number;
    readonly bounds: (bind: Bind) => string[];
    readonly met: (bind: Bind) => string[];
  },
): Promise<Found> {
  const { page, from, count } = part;
  const { values, bind } = bindings();
  const order = orderSql(list, page, bind);
  const bounds = [...part.bounds(bind), ...(from ? [order.after(from)] : [])];
  const met = part.met(bind);
  const rows = await db.query<Place & { readonly met: boolean; readonly nth: number }>(
    `with read as materialized (
       select ${order.place}, ${and(met)} as met, (row_number() over (${order.orderBy}))::int as nth
         from (select * from ${list.table} where ${and(bounds)} ${order.orderBy} limit ${bind(count)}) ${list.table}
     )
     select * from read where met or nth = ${bind(count)} order by nth`,
    values,
  );
  const last = rows.at(-1);
  return { rows: rows.filter(({ met: isMet }) => isMet), stoppedAt: last?.nth === count ? positionAfter(last) : null };
}

export const and = (conditions: readonly string[]): string =>
  conditions.length > 0 ? conditions.join(' and ') : 'true';

/** After that, in the same transaction: what is read in order is read so again. */
export async function planForFirst(tx: Queryable): Promise<void> {
  await tx.query(`select set_config('enable_indexscan', 'on', true), set_config('enable_seqscan', 'on', true)`);
}

/** Plans that count on the first rows soon being found are wrong where reading in order has shown that there are none near. */
export async function planForAll(tx: Queryable): Promise<void> {
  await tx.query(
    `select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true),
            set_config('work_mem', '32MB', true), set_config('jit', 'off', true)`,
  );
}
