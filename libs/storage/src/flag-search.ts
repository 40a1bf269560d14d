import type { Database, Queryable } from './database.js';
import { flagList, flagsOfSeqs, seqWindow, type FlagFilters, type RecordedFlag, type SeqWindow } from './flag-list.js';
import { BUCKET_SIZE, bucketOf, inBucket, termConditions } from './flag-terms.js';
import {
  bindings,
  cutPage,
  estimateRows,
  orderSql,
  whereOf,
  type Bind,
  type ListPage,
  type Page,
  type Place,
  type Position,
} from './list-query.js';
import { and, planForAll, readOn, type Found } from './read-on.js';

/** Rows that are read in order before anything else: most questions are answered by them. */
const FIRST_ROWS = 256;
const NEXT_ROWS = 4_096;
/** Where more flags than that are met, reading in order finds a page sooner than collecting them. */
const COLLECTED_ROWS = 8_000;
/** Of the first rows: when more of them are met, another page is near. */
const FEW = 2;
/** A search that has not found its page until then gives what it has found, and where it goes on. */
const BUDGET_MS = 50;
const MOST_BUCKETS = 256;

interface Search {
  readonly filters: FlagFilters;
  readonly page: Page;
  readonly window: SeqWindow;
}

/**
 * A page of flags in the order asked for. Whatever is asked for, the work is bounded: a page may be short, or even empty, and
 * have a next one.
 *
 * First some rows are read in that order: most questions are met by many rows, and answered. The others are met by few rows, or
 * by rows that lie elsewhere. Where the order is that of recording, the index of terms is asked for one bucket after the
 * other, for it skips the empty ones; in another order it is asked for all rows that are met, unless they are many.
 *
 * @param budgetMs how long to look further than the first rows; `Infinity` for a caller who cannot come back
 */
export async function listFlags(
  db: Database,
  filters: FlagFilters,
  page: Page,
  budgetMs = BUDGET_MS,
): Promise<ListPage<RecordedFlag>> {
  const until = performance.now() + budgetMs;
  const search = { filters, page, window: await seqWindow(db, filters) };
  const wanted = page.limit + 1;
  const first = await readFlagsOn(db, search, page.after, Math.max(FIRST_ROWS, Math.ceil(wanted * 1.25)));
  const found =
    first.stoppedAt && first.rows.length < wanted
      ? await db.transaction((tx) => searchOn(tx, search, first, until))
      : first;
  const { rows: places, next } = cutPage(found.rows, page.limit);
  const flags = new Map(
    (
      await flagsOfSeqs(
        db,
        places.map(({ sortTie }) => Number(sortTie)),
      )
    ).map((flag) => [flag.seq, flag]),
  );
  return {
    rows: places.flatMap(({ sortTie }) => flags.get(Number(sortTie)) ?? []),
    next: next ?? found.stoppedAt,
  };
}

async function searchOn(tx: Queryable, search: Search, first: Found, until: number): Promise<Found> {
  const { page, filters } = search;
  let [rows, stoppedAt] = [first.rows, first.stoppedAt];
  const isBySeq = page.sort === undefined || flagList.sorts[page.sort] === null;
  if (isBySeq) await planForAll(tx);
  else if (first.rows.length <= FEW && isIndexed(filters)) {
    const collected = await collect(tx, search, stoppedAt as Position, page.limit + 1 - rows.length);
    if (collected) return { rows: [...rows, ...collected], stoppedAt: null };
  }
  for (let buckets = 4; stoppedAt && rows.length <= page.limit;) {
    const startedAt = performance.now();
    const wanted = page.limit + 1 - rows.length;
    const found: Found = isBySeq
      ? await searchBuckets(tx, search, { from: stoppedAt, buckets, wanted })
      : await readFlagsOn(tx, search, stoppedAt, NEXT_ROWS);
    [rows, stoppedAt] = [[...rows, ...found.rows], found.stoppedAt];
    const left = until - performance.now();
    if (left < 0) break;
    const affordable = Math.ceil((left * buckets) / (performance.now() - startedAt));
    buckets = Math.min(MOST_BUCKETS, buckets * 4, affordable);
  }
  return { rows, stoppedAt };
}

/** Reads that many rows in order and keeps those that the filters let through. */
const readFlagsOn = (db: Queryable, search: Search, from: Position | undefined, count: number): Promise<Found> =>
  readOn(
    db,
    { ...flagList, table: 'flags' },
    {
      ...{ page: search.page, from, count },
      bounds: (bind) => boundsOf(search, bind),
      met: (bind) => [...whereOf(flagList, search.filters, bind), ...within(search.window, bind)],
    },
  );

/** Looks into so many buckets, the nearest first. Only for the order of recording. */
async function searchBuckets(
  tx: Queryable,
  { filters, page, window }: Search,
  { from, buckets, wanted }: { from: Position; buckets: number; wanted: number },
): Promise<Found> {
  const { values, bind } = bindings();
  const order = orderSql(flagList, page, bind);
  const step = page.descending === false ? 1 : -1;
  const nearest = bucketOf(Number(from.key) + step);
  const furthest = bucketOf(step > 0 ? Math.min(window.last, await latestSeq(tx)) : window.first);
  const last = step > 0 ? Math.min(nearest + buckets - 1, furthest) : Math.max(nearest - buckets + 1, furthest);
  const met = [...termConditions(filters, bind), ...whereOf(flagList, filters, bind), ...within(window, bind)];
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
}

async function latestSeq(tx: Queryable): Promise<number> {
  // As bitmaps are asked for, the index would not be read from its end.
  const [row] = await tx.query<{ seq: number }>(
    `select coalesce(pg_sequence_last_value(pg_get_serial_sequence('flags', 'seq')), 0)::double precision as seq`,
  );
  return row?.seq ?? 0;
}

/** @returns undefined when too many flags are met to be collected */
async function collect(tx: Queryable, search: Search, from: Position, wanted: number): Promise<Place[] | undefined> {
  const { filters, page, window } = search;
  const { values, bind } = bindings();
  const order = orderSql(flagList, page, bind);
  const met = [...whereOf(flagList, filters, bind), ...within(window, bind)];
  const estimate = await estimateRows(tx, `from flags where ${and(met)}`, values.slice());
  if (estimate > 4 * COLLECTED_ROWS) return undefined;
  met.push(...termConditions(filters, bind), order.after(from));
  await planForAll(tx);
  const rows = await tx.query<Place & { readonly met: number }>(
    `with met as materialized (select * from flags where ${and(met)} limit ${bind(COLLECTED_ROWS)})
     select ${order.place}, (count(*) over ())::int as met from met ${order.orderBy} limit ${bind(wanted)}`,
    values,
  );
  if (rows[0]?.met !== COLLECTED_ROWS) return rows;
  await tx.query(`select set_config('enable_indexscan', 'on', true)`);
  return undefined;
}

/** Bounds of what is read in order, where they are about that order: then nothing outside of them is read. */
function boundsOf({ page, filters: { minScore, maxScore }, window }: Search, bind: Bind): string[] {
  if (page.sort === 'score') return whereOf(flagList, { minScore, maxScore }, bind);
  return page.sort === 'createdAt' ? [] : within(window, bind);
}

/** Whether an index tells which flags are met, in whatever order. */
const isIndexed = (filters: FlagFilters): boolean =>
  termConditions(filters, () => '').length > 0 ||
  [filters.from, filters.to, filters.state, filters.after].some((filter) => filter !== undefined);

const within = ({ first, last }: SeqWindow, bind: Bind): string[] => [
  `seq between ${bind(first)}::bigint and ${bind(last)}::bigint`,
];
