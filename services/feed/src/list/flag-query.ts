import type { FlagFilters } from '@siaga/storage';
import type { Wanted } from '../formats/answer-flags.js';
import Type, { type Static } from 'typebox';
import { listQuery, windowOf } from './parameters.js';

/** What every list of flags takes, in whatever format it comes. */
export const FlagListQuery = listQuery(
  [
    ...(['audit', 'category', 'label', 'minScore', 'maxScore', 'platform', 'language', 'author'] as const),
    ...(['campaign', 'state', 'from', 'to', 'q'] as const),
  ],
  { sorts: ['recordedAt', 'createdAt', 'score'], defaultSort: '-recordedAt' },
);

/** A download has no pages: its limit is of rows in all, and there is none unless given. */
export const FlagDownloadQuery = Type.Object(
  {
    ...FlagListQuery.properties,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'rows; all unless given' })),
  },
  { additionalProperties: false },
);

type Query = Omit<Static<typeof FlagDownloadQuery>, 'limit'> & { limit?: number; before?: number; count?: boolean };

/** What remains of a query when its page is taken away. */
export function filtersOf({ sort: _s, limit: _l, cursor: _c, count: _n, from, to, q, ...rest }: Query): FlagFilters {
  const text = q?.trim();
  return { ...rest, ...windowOf({ from, to }), ...(text && { q: text }) };
}

/** What a request for flags in some format asks for. */
export function wantedOf(query: Query): Wanted {
  const { sort, limit, cursor } = query;
  return { filters: filtersOf(query), sort, limit, cursor };
}
