import type { Queryable } from './database.js';
import { flagList } from './flag-list.js';
import { metSql, type Way } from './flag-search-ways.js';
import { BUCKET_SIZE, bucketOf, inBucket, termConditions } from './flag-terms.js';
import { bindings, orderSql, type Place } from './list-query.js';
import { and } from './read-on.js';

/** Looks into so many buckets of the index of terms, the nearest first. Only for the order of recording. */
export const BUCKETS: Way = {
  begins: 4,
  most: 256,
  async look(tx, search, { from, size, wanted }) {
    const { page, window } = search;
    const { values, bind } = bindings();
    const order = orderSql(flagList, page, bind);
    const step = page.descending === false ? 1 : -1;
    const nearest = bucketOf(Number(from.key) + step);
    const furthest = bucketOf(step > 0 ? Math.min(window.last, await latestSeq(tx)) : window.first);
    const last = step > 0 ? Math.min(nearest + size - 1, furthest) : Math.max(nearest - size + 1, furthest);
    const met = [...termConditions(search.indexed, bind), ...metSql(search, bind)];
    // It can only be planned as a nested loop, which takes the buckets in their order and ends with enough rows.
    const rows = await tx.query<Place>(
      `select found.* from generate_series(${bind(nearest)}::bigint, ${bind(last)}::bigint, ${step}) as bucket, lateral (
         select ${order.place} from flags
          where ${inBucket('bucket')} and ${and([...met, order.after(from)])} ${order.orderBy} limit ${bind(wanted)}
       ) found limit ${bind(wanted)}`,
      values,
    );
    const beyond = step > 0 ? (last + 1) * BUCKET_SIZE - 1 : last * BUCKET_SIZE;
    return { rows, stoppedAt: last === furthest ? null : { value: null, key: String(beyond) } };
  },
};

async function latestSeq(tx: Queryable): Promise<number> {
  // As bitmaps are asked for, the index would not be read from its end.
  const [row] = await tx.query<{ seq: number }>(
    `select coalesce(pg_sequence_last_value(pg_get_serial_sequence('flags', 'seq')), 0)::double precision as seq`,
  );
  return row?.seq ?? 0;
}
