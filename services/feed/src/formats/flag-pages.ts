import { listFlags, type FlagFilters, type Page, type Database } from '@siaga/storage';
import { flagItem, type FlagItem } from '../flag-item.js';

const ROWS_AT_ONCE = 500;

/**
 * All flags that the filters let through, a piece at a time: as many are in memory as one query gives, and no transaction
 * stays open while a slow client reads.
 */
export async function* flagPages(
  db: Database,
  filters: FlagFilters,
  { limit, ...page }: Page,
): AsyncGenerator<FlagItem[]> {
  let { after } = page;
  for (let left = limit; left > 0;) {
    const { rows, next } = await listFlags(db, filters, { ...page, after, limit: Math.min(left, ROWS_AT_ONCE) });
    if (rows.length > 0) yield rows.map((flag) => flagItem(flag));
    if (!next) return;
    after = next;
    left -= rows.length;
  }
}
