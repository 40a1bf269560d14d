import type { Queryable } from './database.js';
import { flagList } from './flag-list.js';
import { metSql, type Search, type Way } from './flag-search-ways.js';
import { leadingTermConditions } from './flag-terms.js';
import { asNumber, bindings, fromNumber, orderSql, type Place, type SortColumn } from './list-query.js';
import { and } from './read-on.js';

/**
 * Looks into so many slices of an order by score or by time. A slice lies between two values that the database's statistics
 * name, about a hundredth of all flags; which of its flags have the words, the index of terms knows. Only flags that two
 * indexes agree about are read.
 *
 * @returns undefined where there are no statistics yet
 */
export async function slices(tx: Queryable, { page }: Search): Promise<Way | undefined> {
  const column = flagList.sorts[page.sort as string] as SortColumn;
  const isDescending = page.descending !== false;
  const bounds = await boundsOf(tx, column, isDescending);
  if (bounds.length === 0) return undefined;
  const isBeyond = (bound: number, value: number) => (isDescending ? bound < value : bound > value);
  return {
    begins: 4,
    most: bounds.length,
    async look(tx, search, { from, size, wanted }) {
      const next = bounds.findIndex((bound) => isBeyond(bound, from.value as number));
      const end = next < 0 ? undefined : bounds[next + size - 1];
      const { values, bind } = bindings();
      const order = orderSql(flagList, page, bind);
      const met = [...leadingTermConditions(search.indexed, bind), ...metSql(search, bind), order.after(from)];
      if (end !== undefined)
        met.push(`${column.column} ${isDescending ? '>=' : '<='} ${fromNumber(column, bind(end))}`);
      const rows = await tx.query<Place>(
        `select ${order.place} from flags where ${and(met)} ${order.orderBy} limit ${bind(wanted)}`,
        values,
      );
      return { rows, stoppedAt: end === undefined ? null : { value: end, key: isDescending ? '0' : LAST_KEY } };
    },
  };
}

/** Beyond every flag that has the same value. */
const LAST_KEY = String(Number.MAX_SAFE_INTEGER);

async function boundsOf(tx: Queryable, { column, type }: SortColumn, isDescending: boolean): Promise<number[]> {
  const rows = await tx.query<{ bound: number }>(
    `select ${asNumber({ column: 'bound', type })} as bound
       from pg_stats, unnest(histogram_bounds::text::${type === 'time' ? 'timestamptz' : 'double precision'}[]) as bound
      where schemaname = current_schema() and tablename = 'flags' and attname = $1
      order by 1 ${isDescending ? 'desc' : 'asc'}`,
    [column],
  );
  return rows.map(({ bound }) => bound);
}
