import type { Queryable } from './database.js';
import { flagList, type FlagFilters, type SeqWindow } from './flag-list.js';
import { leadingTermConditions, wordsMatch } from './flag-terms.js';
import {
  bindings,
  explainRows,
  orderSql,
  whereOf,
  type Bind,
  type Page,
  type Place,
  type Position,
} from './list-query.js';
import { and, planForAll, readOn, type Found } from './read-on.js';

export interface Search {
  readonly filters: FlagFilters;
  /** Of them, those that the index of terms may be asked about. */
  readonly indexed: FlagFilters;
  readonly page: Page;
  readonly window: SeqWindow;
}

/** A way to look further, a part of the order after the other. */
export interface Way {
  /** The size of the first part and of the largest one, in whatever it reckons with. */
  readonly begins: number;
  readonly most: number;
  look(
    tx: Queryable,
    search: Search,
    part: { readonly from: Position; readonly size: number; readonly wanted: number },
  ): Promise<Found>;
}

/** Reads so many rows. */
export const IN_ORDER: Way = {
  begins: 1_024,
  most: 8_192,
  look: (tx, search, { from, size }) => readFlagsOn(tx, search, from, size),
};

/** Reads that many rows in order and keeps those that the filters let through. */
export const readFlagsOn = (db: Queryable, search: Search, from: Position | undefined, count: number): Promise<Found> =>
  readOn(
    db,
    { ...flagList, table: 'flags' },
    {
      ...{ page: search.page, from, count },
      bounds: (bind) => boundsOf(search, bind),
      met: (bind) => metSql(search, bind),
    },
  );

/** A question for what does without some words only is answered by an index that is read from its beginning to its end. */
export async function indexedFilters(tx: Queryable, filters: FlagFilters): Promise<FlagFilters> {
  if (filters.q === undefined) return filters;
  const [row] = await tx.query<{ leads: boolean }>(
    `select querytree(websearch_to_tsquery('indonesian', $1)) <> 'T' as leads`,
    [filters.q],
  );
  return row?.leads ? filters : { ...filters, q: undefined };
}

/** That a flag is met. No index is asked about the words: whoever wants that says so beside it. */
export const metSql = ({ filters, window }: Search, bind: Bind): string[] => [
  ...whereOf(flagList, { ...filters, q: undefined }, bind),
  ...(filters.q === undefined ? [] : [`(${wordsMatch(filters.q, bind)}) is true`]),
  ...within(window, bind),
];

/**
 * Finds all flags that are met, in an order that no index knows them in.
 *
 * @returns undefined when they are as many as `most`, or more would have to be looked at
 */
export async function collect(
  tx: Queryable,
  search: Search,
  { from, wanted, most }: { readonly from: Position; readonly wanted: number; readonly most: number },
): Promise<Place[] | undefined> {
  const { values, bind } = bindings();
  const order = orderSql(flagList, search.page, bind);
  const met = [...leadingTermConditions(search.indexed, bind), ...metSql(search, bind), order.after(from)];
  await planForAll(tx);
  const { fetched } = await explainRows(tx, `from flags where ${and(met)}`, values.slice());
  if (fetched > most) return undefined;
  const rows = await tx.query<Place & { readonly met: number }>(
    `with met as materialized (select * from flags where ${and(met)} limit ${bind(most)})
     select ${order.place}, (count(*) over ())::int as met from met ${order.orderBy} limit ${bind(wanted)}`,
    values,
  );
  return rows[0]?.met === most ? undefined : rows;
}

/** Bounds of what is read in order, where they are about that order: then nothing outside of them is read. */
function boundsOf({ page, filters: { minScore, maxScore }, window }: Search, bind: Bind): string[] {
  if (page.sort === 'score') return whereOf(flagList, { minScore, maxScore }, bind);
  return page.sort === 'createdAt' ? [] : within(window, bind);
}

const within = ({ first, last }: SeqWindow, bind: Bind): string[] => [
  `seq between ${bind(first)}::bigint and ${bind(last)}::bigint`,
];
