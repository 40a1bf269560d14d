import type { Database, Queryable } from './database.js';
import { BUCKETS } from './flag-buckets.js';
import { flagList, seqWindow, type FlagFilters, type RecordedFlag } from './flag-list.js';
import { collect, IN_ORDER, indexedFilters, readFlagsOn, type Search, type Way } from './flag-search-ways.js';
import { slices } from './flag-slices.js';
import { isNarrow, termConditions } from './flag-terms.js';
import { flagRowsOfSeqs, flagsOfSeqs, type FlagRow } from './flags-of-seqs.js';
import { cutPage, type ListPage, type Page } from './list-query.js';
import { planForAll, planForFirst, type Found } from './read-on.js';

/** Rows that are read in order before anything else: most questions are answered by them. */
const FIRST_ROWS = 256;
/** Of the first rows: when more of them are met, another page is near. */
const FEW = 2;
/** To read so many flags from all over the table takes about as long as a look into slices of the order; so many, the budget. */
const FEW_ROWS = 1_000;
const MANY_ROWS = 4_000;
/** A search that has not found its page until then gives what it has found, and where it goes on. */
const BUDGET_MS = 50;

/**
 * A page of flags in the order asked for. Whatever is asked for, the work is bounded: a page may be short, or even empty, and
 * have a next one.
 *
 * First some rows are read in that order: most questions are met by many rows, and answered. The others are met by few rows, or
 * by rows that lie elsewhere. Where the order is that of recording, the index of terms is asked for one bucket after the
 * other, for it skips the empty ones; in another order it is asked for all rows that are met if they are few, else for one
 * slice of the order after the other.
 *
 * @param budgetMs how long to look further than the first rows; `Infinity` for a caller who cannot come back
 */
export const listFlags = (db: Database, filters: FlagFilters, page: Page, budgetMs = BUDGET_MS) =>
  pageOf<RecordedFlag>(db, { filters, page, budgetMs, read: flagsOfSeqs });

/** The same flags as rows of a table. */
export const listFlagRows = (db: Database, filters: FlagFilters, page: Page, budgetMs = BUDGET_MS) =>
  pageOf<FlagRow>(db, { filters, page, budgetMs, read: flagRowsOfSeqs });

interface Asked<Row> {
  readonly filters: FlagFilters;
  readonly page: Page;
  readonly budgetMs: number;
  readonly read: (db: Queryable, seqs: readonly number[]) => Promise<Row[]>;
}

async function pageOf<Row extends { readonly seq: number }>(
  db: Database,
  { filters, page, budgetMs, read }: Asked<Row>,
): Promise<ListPage<Row>> {
  const until = performance.now() + budgetMs;
  const search = { filters, indexed: filters, page, window: await seqWindow(db, filters) };
  const wanted = page.limit + 1;
  const first = await readFlagsOn(db, search, page.after, Math.max(FIRST_ROWS, Math.ceil(wanted * 1.25)));
  const found =
    first.stoppedAt && first.rows.length < wanted
      ? await db.transaction((tx) => searchOn(tx, search, first, until))
      : first;
  const { rows: places, next } = cutPage(found.rows, page.limit);
  const seqs = places.map(({ sortTie }) => Number(sortTie));
  const flags = new Map((await read(db, seqs)).map((flag) => [flag.seq, flag]));
  return { rows: seqs.flatMap((seq) => flags.get(seq) ?? []), next: next ?? found.stoppedAt };
}

async function searchOn(tx: Queryable, asked: Search, first: Found, until: number): Promise<Found> {
  const search = { ...asked, indexed: await indexedFilters(tx, asked.filters) };
  const wanted = search.page.limit + 1;
  const way = await wayOf(tx, search, first);
  const collected = collectedBy(way, search, first);
  let [rows, stoppedAt] = [first.rows, first.stoppedAt];
  for (let size = way.begins; stoppedAt && rows.length < wanted;) {
    const most = collected.shift();
    const all = most && (await collect(tx, search, { from: stoppedAt, wanted: wanted - rows.length, most }));
    if (all) return { rows: [...rows, ...all], stoppedAt: null };
    await (way === IN_ORDER ? planForFirst(tx) : planForAll(tx));
    const startedAt = performance.now();
    const found: Found = await way.look(tx, search, { from: stoppedAt, size, wanted: wanted - rows.length });
    [rows, stoppedAt] = [[...rows, ...found.rows], found.stoppedAt];
    const left = until - performance.now();
    if (left < 0) break;
    const affordable = Math.ceil((left * size) / (performance.now() - startedAt));
    size = Math.min(way.most, size * 4, affordable);
  }
  return { rows, stoppedAt };
}

/** How many flags are collected and sorted, if no more are met: before each look of that way. */
function collectedBy(way: Way, search: Search, { rows }: Found): number[] {
  if (isBySeq(search) || rows.length > FEW || !isIndexed(search.indexed)) return [];
  return way === IN_ORDER ? [MANY_ROWS] : [FEW_ROWS, MANY_ROWS];
}

async function wayOf(tx: Queryable, search: Search, { rows }: Found): Promise<Way> {
  if (isBySeq(search)) return termConditions(search.indexed, () => '').length > 0 ? BUCKETS : IN_ORDER;
  return rows.length <= FEW && isNarrow(search.indexed) ? ((await slices(tx, search)) ?? IN_ORDER) : IN_ORDER;
}

const isBySeq = ({ page: { sort } }: Search): boolean => sort === undefined || flagList.sorts[sort] === null;

/** Whether an index tells which flags are met, in whatever order. */
const isIndexed = (filters: FlagFilters): boolean =>
  termConditions(filters, () => '').length > 0 ||
  [filters.from, filters.to, filters.after].some((filter) => filter !== undefined);
