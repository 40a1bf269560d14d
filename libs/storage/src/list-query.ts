import type { Queryable } from './database.js';

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

/** A row of a list, with what the next page begins after. */
export type Listed<Row> = Row & { readonly sortKey: number | null };

/** Where a page ended: the next one begins after it, whatever has been added meanwhile. */
export interface Position {
  /** Of the row's sort column, as `sortKey` gave it; null where the key alone sorts. */
  readonly value: number | null;
  readonly key: string;
}

export interface Page {
  /** By the list's own key when not given. */
  readonly sort?: string;
  /** Unless it is said to be false. */
  readonly descending?: boolean;
  readonly after?: Position | undefined;
  readonly limit: number;
}

/** The part of a statement that picks a page of rows, in order. */
export interface PageSql {
  /** SQL of the number that `Position.value` takes. */
  readonly sortKey: string;
  readonly where: string;
  /** Once more for a statement around it, whose columns are another table's. */
  readonly orderBy: (table?: string) => string;
  readonly limit: string;
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

/** Keyset pagination: a page costs the same wherever it is, and no row is shown twice or passed over. */
export function pageSql<Filters extends object>(
  definition: ListDefinition<Filters>,
  filters: Filters,
  page: Page,
  bind: Bind,
): PageSql {
  const { key, sorts } = definition;
  const sort = page.sort === undefined ? null : sorts[page.sort];
  if (sort === undefined) throw new RangeError(`the list cannot be sorted by ${page.sort}`);
  const [direction, beyond] = page.descending === false ? ['asc', '>'] : ['desc', '<'];
  const where = whereOf(definition, filters, bind);
  if (page.after) {
    const last = `${bind(page.after.key)}::${key.type}`;
    where.push(
      sort
        ? `(${sort.column}, ${key.column}) ${beyond} (${fromNumber(sort, bind(page.after.value))}, ${last})`
        : `${key.column} ${beyond} ${last}`,
    );
  }
  return {
    sortKey: sort ? asNumber(sort) : 'null::double precision',
    where: where.length > 0 ? `where ${where.join(' and ')}` : '',
    orderBy: (table) =>
      `order by ${[...(sort ? [sort.column] : []), key.column]
        .map((column) => `${table === undefined ? '' : `${table}.`}${column} ${direction}`)
        .join()}`,
    limit: `limit ${bind(page.limit)}`,
  };
}

/** PostgreSQL keeps microseconds, which JavaScript's dates would lose: a time travels as their number since 1970. */
const asNumber = ({ column, type }: SortColumn) =>
  type === 'number' ? column : `(extract(epoch from ${column}) * 1000000)::double precision`;
const fromNumber = ({ type }: SortColumn, value: string) =>
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

/** In the planner's units (a page read in order is 1): some tens of milliseconds. */
const CHEAP = 30_000;

interface Plan {
  readonly 'Plan Rows': number;
  readonly 'Total Cost': number;
}

/** Counts the rows that the filters let through: exactly where the planner says that it is cheap. */
export async function countRows<Filters extends object>(
  db: Queryable,
  definition: ListDefinition<Filters>,
  filters: Filters,
): Promise<RowCount> {
  const { values, bind } = bindings();
  const where = whereOf(definition, filters, bind);
  const rows = `from ${definition.from} ${where.length > 0 ? `where ${where.join(' and ')}` : ''}`;
  const [explained] = await db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `explain (format json) select 1 ${rows}`,
    values,
  );
  const plan = explained?.['QUERY PLAN'][0].Plan;
  if (plan && plan['Total Cost'] > CHEAP) return { count: plan['Plan Rows'], exact: false };
  const [counted] = await db.query<{ count: number }>(`select count(*)::double precision as count ${rows}`, values);
  return { count: counted?.count ?? 0, exact: true };
}
