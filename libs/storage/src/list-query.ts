import type { Database, Queryable } from './database.js';

/** Puts a value among the statement's and returns the placeholder that stands for it. */
export type Bind = (value: unknown) => string;

/** What a list can be sorted by, besides its rows' own key. The column is a number or a time. */
export interface SortColumn {
  readonly column: string;
  readonly type: SortType;
}
export type SortType = 'number' | 'time';

/** What can be done with a list, as far as whoever pages through it needs to know. */
export interface ListShape {
  /** Unique and ordered: it settles the order of rows that are equal otherwise. */
  readonly key: { readonly column: string; readonly type: 'bigint' | 'uuid' | 'text' };
  /** By name; null sorts by the key alone. */
  readonly sorts: Readonly<Record<string, SortColumn | null>>;
}

/** A list as the query language sees it. All of it is SQL of ours; values are always bound. */
export interface ListDefinition<Filters> extends ListShape {
  /** What the rows are selected from. */
  readonly from: string;
  /** What each filter means. */
  readonly conditions: { readonly [F in keyof Filters]-?: (value: NonNullable<Filters[F]>, bind: Bind) => string };
}

/** Columns that every row of a list has beside its own: its place in the order. */
export interface Place {
  /** Of the sort column; null where the key alone sorts. */
  readonly sortKey: number | null;
  /** The row's own key, as text. */
  readonly sortTie: string;
}

/** Where a page ended: the next one begins after it, whatever has been added meanwhile. */
export interface Position {
  /** As `sortKey` gave it. */
  readonly value: number | null;
  readonly key: string;
}

export interface ListPage<Row> {
  readonly rows: Row[];
  /** Null of the last page. */
  readonly next: Position | null;
}

export interface Page {
  /** By the list's own key when not given. */
  readonly sort?: string;
  /** Unless it is said to be false. */
  readonly descending?: boolean;
  readonly after?: Position | undefined;
  readonly limit: number;
}

/** The order of a list, as parts of a statement. */
export interface OrderSql {
  /** SQL of the columns of `Place`. */
  readonly place: string;
  readonly orderBy: string;
  /** That a row comes after that place. */
  readonly after: (position: Position) => string;
}

/** The part of a statement that picks a page of rows, and one more, in order. */
export interface PageSql {
  readonly place: string;
  /** From `where` to `limit`. */
  readonly page: string;
}

/** One value is compared as such: only then does an index that begins with the column give the rows in order. */
export const anyOf =
  (column: string, type = 'text') =>
  (values: readonly string[], bind: Bind): string =>
    values.length === 1
      ? `${column} = ${bind(values[0])}::${type}`
      : `${column} = any(${bind(values)}::text[]::${type}[])`;

export function whereOf<Filters extends object>(
  { conditions }: ListDefinition<Filters>,
  filters: Filters,
  bind: Bind,
): string[] {
  return (Object.keys(conditions) as (keyof Filters)[]).flatMap((name) => {
    const value = filters[name];
    return value === undefined || value === null ? [] : [conditions[name](value as NonNullable<typeof value>, bind)];
  });
}

/** @throws RangeError when the list has no such order */
export function orderSql(
  { key, sorts }: ListShape,
  { sort: name, descending }: Omit<Page, 'limit'>,
  bind: Bind,
): OrderSql {
  const sort = name === undefined ? null : sorts[name];
  if (sort === undefined) throw new RangeError(`the list cannot be sorted by ${name}`);
  const [direction, beyond] = descending === false ? ['asc', '>'] : ['desc', '<'];
  return {
    place: `${sort ? asNumber(sort) : 'null::double precision'} as "sortKey", ${key.column}::text as "sortTie"`,
    orderBy: `order by ${sort ? `${sort.column} ${direction}, ` : ''}${key.column} ${direction}`,
    after(position) {
      const last = `${bind(position.key)}::${key.type}`;
      return sort
        ? `(${sort.column}, ${key.column}) ${beyond} (${fromNumber(sort, bind(position.value))}, ${last})`
        : `${key.column} ${beyond} ${last}`;
    },
  };
}

/** Keyset pagination: a page costs the same wherever it is, and no row is shown twice or passed over. */
export async function listRows<Row extends object, Filters extends object>(
  db: Queryable,
  definition: ListDefinition<Filters>,
  { filters, page, statement }: { filters: Filters; page: Page; statement: (sql: PageSql) => string },
): Promise<ListPage<Row>> {
  const { values, bind } = bindings();
  const { place, orderBy, after } = orderSql(definition, page, bind);
  const where = [...whereOf(definition, filters, bind), ...(page.after ? [after(page.after)] : [])];
  const conditions = where.length > 0 ? `where ${where.join(' and ')}` : '';
  const sql = { place, page: `${conditions} ${orderBy} limit ${bind(page.limit + 1)}` };
  const { rows, next } = cutPage(await db.query<Row & Place>(statement(sql), values), page.limit);
  return { rows: rows.map(({ sortKey: _key, sortTie: _tie, ...row }) => row as unknown as Row), next };
}

/** @param rows one more than `limit` where another page follows */
export function cutPage<Row extends Place>(rows: readonly Row[], limit: number): ListPage<Row> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { rows: shown, next: last ? positionAfter(last) : null };
}

export const positionAfter = ({ sortKey, sortTie }: Place): Position => ({ value: sortKey, key: sortTie });

/** PostgreSQL keeps microseconds, which JavaScript's dates would lose: a time travels as their number since 1970. */
export const asNumber = ({ column, type }: SortColumn) =>
  type === 'number' ? column : `(extract(epoch from ${column}) * 1000000)::double precision`;
export const fromNumber = ({ type }: SortColumn, value: string) =>
  type === 'number'
    ? `${value}::double precision`
    : `timestamptz 'epoch' + ${value}::double precision * interval '1 microsecond'`;

/** @returns the statement's values and the function that adds to them */
export function bindings(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

export interface RowCount {
  readonly count: number;
  /** False of the planner's estimate, which is taken where counting would be slow. */
  readonly exact: boolean;
}

/** An exact count may take that long; then an estimate is worth more. */
const COUNTING_MS = 60;
/** SQLSTATE of a statement that took longer than it may. */
const QUERY_CANCELED = '57014';

/** Counts the rows that the filters let through: exactly where that does not take long. */
export async function countRows<Filters extends object>(
  db: Database,
  definition: ListDefinition<Filters>,
  filters: Filters,
): Promise<RowCount> {
  const { values, bind } = bindings();
  const where = whereOf(definition, filters, bind);
  const rows = `from ${definition.from} ${where.length > 0 ? `where ${where.join(' and ')}` : ''}`;
  const estimate = await estimateRows(db, rows, values);
  // Counted at a million rows a second at best: what is estimated at more is not tried.
  if (estimate > COUNTING_MS * 1_000) return { count: estimate, exact: false };
  try {
    return await db.transaction(async (tx) => {
      await tx.query(`select set_config('statement_timeout', '${COUNTING_MS}', true), set_config('jit', 'off', true)`);
      const [counted] = await tx.query<{ count: number }>(`select count(*)::double precision as count ${rows}`, values);
      return { count: counted?.count ?? 0, exact: true };
    });
  } catch (error) {
    if ((error as { code?: string }).code === QUERY_CANCELED) return { count: estimate, exact: false };
    throw error;
  }
}

/** @param rows a statement from its `from` on */
export const estimateRows = async (db: Queryable, rows: string, values: readonly unknown[]): Promise<number> =>
  (await explainRows(db, rows, values)).met;

interface Plan {
  readonly 'Plan Rows': number;
  readonly Plans?: readonly [Plan];
}

/** @returns how many rows are met by the planner's estimate, and of how many an index says that they might be */
export async function explainRows(
  db: Queryable,
  rows: string,
  values: readonly unknown[],
): Promise<{ met: number; fetched: number }> {
  const [explained] = await db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (format json) select 1 ${rows}`,
    values,
  );
  const plan = explained?.['QUERY PLAN'][0].Plan;
  const met = plan?.['Plan Rows'] ?? 0;
  return { met, fetched: plan?.Plans?.[0]['Plan Rows'] ?? met };
}
