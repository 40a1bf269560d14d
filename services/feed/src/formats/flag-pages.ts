import type { ListPage, Page } from '@siaga/storage';

/** Larger ones are not read faster, and keep others waiting while they are written. */
const ROWS_AT_ONCE = 500;

/**
 * All rows of a list, a page at a time. While one is written the next is read: that many are in memory, and no transaction
 * stays open while a slow client reads.
 */
export async function* flagPages<Row>(
  list: (page: Page) => Promise<ListPage<Row>>,
  { limit, ...page }: Page,
): AsyncGenerator<Row[]> {
  let left = limit;
  const read = (after: Page['after']) => {
    const reading = list({ ...page, after, limit: Math.min(left, ROWS_AT_ONCE) });
    // Whoever waits for it is told; a client that has left does not wait.
    reading.catch(() => undefined);
    return reading;
  };
  for (let reading = left > 0 ? read(page.after) : undefined; reading;) {
    const { rows, next } = await reading;
    left -= rows.length;
    reading = next && left > 0 ? read(next) : undefined;
    if (rows.length > 0) yield rows;
  }
}
