import { CATEGORIES, REVIEW_STATES } from '@siaga/contracts';
import { CLAIM_STATES, ROLES, RUMOUR_STATES, type ListPage, type ListShape, type Page } from '@siaga/storage';
import Type from 'typebox';
import { PlatformName } from '../fields.js';
import { FieldError } from '../problem.js';
import { cursorAfter, positionOf } from './cursor.js';

/** Given once, or again for each alternative: `?category=hate&category=hoax`. */
const AnyOf = <T extends Type.TSchema>(value: T, description: string, ...examples: string[][]) =>
  Type.Optional(Type.Array(value, { minItems: 1, maxItems: 20, description, examples }));
const Score = (description: string, example: number) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: 1, description, examples: [example] }));
const Time = (description: string, example: string) =>
  Type.Optional(Type.String({ format: 'date-time', description, examples: [example] }));
// PostgreSQL's text cannot hold U+0000.
const line = (maxLength: number) => ({ minLength: 1, maxLength, pattern: '^[^\\u0000]*$' });

/** Every parameter that any list takes: one name means one thing in all of them. */
export const PARAMETERS = {
  audit: Type.Boolean({ default: false, description: 'posts picked for the audit instead of alerts' }),
  category: AnyOf(Type.Enum([...CATEGORIES]), 'any of these categories', ['hate', 'hoax']),
  label: AnyOf(Type.String({ pattern: '^[a-z][a-z0-9_-]{0,59}$' }), 'any of these sub-labels, at a half or more', [
    'religion',
  ]),
  minScore: Score('lowest score', 0.5),
  maxScore: Score('highest score', 0.9),
  platform: AnyOf(PlatformName, 'any of these platforms', ['demo']),
  language: AnyOf(Type.String({ pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$' }), 'any of these languages', [
    'id',
    'ms',
  ]),
  author: AnyOf(Type.String(line(512)), 'any of these pseudonyms'),
  campaign: AnyOf(Type.String({ format: 'uuid' }), 'any of these campaigns', ['0b5e0d52-6f2c-4b53-9d55-5f4ed1cbf2f5']),
  state: AnyOf(Type.Enum([...REVIEW_STATES]), "any of these states: people's latest decision, or open", ['open']),
  claimState: AnyOf(Type.Enum([...CLAIM_STATES]), 'any of these states of a claim', ['active', 'confirmed']),
  rumourState: AnyOf(Type.Enum([...RUMOUR_STATES]), 'any of these states of a rumour', ['unverified']),
  publisher: AnyOf(Type.String(line(200)), 'any of these fact-checkers', ['Meja Uji']),
  action: AnyOf(Type.String({ pattern: '^[a-z][a-z-]{0,40}$' }), 'any of these actions', ['dismiss']),
  by: AnyOf(Type.String(line(200)), 'by any of these accounts', ['sari']),
  flag: AnyOf(Type.String(line(512)), 'about any of these flags', ['demo:1#hate']),
  role: AnyOf(Type.Enum([...ROLES]), 'any of these roles', ['analyst']),
  minSize: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'fewest flags', examples: [10] }),
  ),
  sourceState: AnyOf(Type.String({ pattern: '^[a-z][a-z-]{0,40}$' }), 'any of these states of a source', ['failing']),
  worker: AnyOf(Type.String(line(200)), 'read by any of these workers'),
  name: Type.Optional(Type.String({ ...line(200), description: 'a part of the name', examples: ['antara'] })),
  from: Time('from this time on', '2026-10-01T00:00:00Z'),
  to: Time('before this time', '2026-11-01T00:00:00Z'),
  q: Type.Optional(
    Type.String({
      maxLength: 200,
      pattern: '^[^\\u0000]*$',
      description: 'words of the text in any form and order; "a phrase", a or b, -without',
      examples: ['surat suara -hoaks'],
    }),
  ),
} as const;
type Parameters = typeof PARAMETERS;

/** The schema of a list's query string. */
export function listQuery<const Name extends keyof Parameters, const Sort extends string>(
  names: readonly Name[],
  { sorts, defaultSort, maxLimit = 200 }: { sorts: readonly Sort[]; defaultSort: string; maxLimit?: number },
) {
  const filters = Object.fromEntries(names.map((name) => [name, PARAMETERS[name]])) as Pick<Parameters, Name>;
  return Type.Object(
    {
      ...filters,
      sort: Type.Enum(
        sorts.flatMap((sort) => [`-${sort}`, sort]),
        { default: defaultSort, description: 'a leading - puts the highest or latest first' },
      ),
      limit: Type.Integer({
        minimum: 1,
        maximum: maxLimit,
        default: Math.min(50, maxLimit),
        description: 'rows a page',
      }),
      cursor: Type.Optional(Type.String({ maxLength: 1000, description: 'next of the page before' })),
    },
    // A misspelt filter must not look like one that filtered nothing.
    { additionalProperties: false },
  );
}

export interface Paging {
  readonly sort: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** @returns the page to read */
export function pageOf({ sort, limit, cursor }: Paging, list: ListShape): Page {
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  const sortType = list.sorts[name]?.type ?? null;
  const after = cursor === undefined ? undefined : positionOf(cursor, sort, { sortType, keyType: list.key.type });
  return { sort: name, descending, after, limit };
}

/** What a page of rows is to its reader. */
export function answerOf<Row, Item>(
  { rows, next }: ListPage<Row>,
  { sort }: Pick<Paging, 'sort'>,
  item: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  return { items: rows.map((row) => item(row)), next: next && cursorAfter(sort, next) };
}

/** @throws FieldError for a time that does not exist, or a window without any time in it */
export function windowOf(query: { readonly from?: string | undefined; readonly to?: string | undefined }): {
  from?: Date;
  to?: Date;
} {
  const [from, to] = (['from', 'to'] as const).map((name) => {
    const text = query[name];
    if (text === undefined) return undefined;
    const time = new Date(text);
    const year = time.getUTCFullYear();
    if (!(year >= 1970 && year < 2200)) throw new FieldError(name, 'must be a time between 1970 and 2200');
    return time;
  });
  if (from && to && from >= to) throw new FieldError('to', 'must be later than from');
  return { ...(from && { from }), ...(to && { to }) };
}
