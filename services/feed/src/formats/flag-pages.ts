import { listFlags, type FlagFilters, type Page, type Queryable } from '@siaga/storage';
import { flagItem, type FlagItem } from '../flag-item.js';

const ROWS_AT_ONCE = 500;

/**
 * All flags that the filters let through, a piece at a time: as many are in memory as one query gives, and no transaction
 * stays open while a slow client reads.
 */
export async function* flagPages(
  db: Queryable,
  filters: FlagFilters,
  { limit, ...page }: Page,
): AsyncGenerator<FlagItem[]> {
  let { after } = page;
  for (let left = limit; left > 0;) {
    const wanted = Math.min(left, ROWS_AT_ONCE);
    const flags = await listFlags(db, filters, { ...page, after, limit: wanted });
    const last = flags.at(-1);
    if (last) yield flags.map((flag) => flagItem(flag));
    if (!last || flags.length < wanted) return;
    after = { value: last.sortKey, key: String(last.seq) };
    left -= flags.length;
  }
}
