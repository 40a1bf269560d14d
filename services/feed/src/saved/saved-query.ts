import type { FlagFilters, SavedQuery } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import type { Wanted } from '../formats/answer-flags.js';
import { Instant, Nullable } from '../fields.js';
import { FlagListQuery, filtersOf } from '../list/flag-query.js';
import { RequestError } from '../problem.js';

const parameters = Type.Omit(FlagListQuery, ['limit', 'cursor']).properties;

/** A query as it is saved: what every list of flags takes, but for the place in it. */
export const FlagQuery = Type.Object(parameters, { additionalProperties: false });
export type FlagQuery = Static<typeof FlagQuery>;

export const QueryItem = Type.Object(
  {
    queryId: Type.String(),
    name: Type.String(),
    shared: Type.Boolean({ description: 'the whole desk reads it' }),
    mine: Type.Boolean({ description: 'the reader may change it' }),
    owner: Type.String(),
    query: Type.Object(parameters),
    createdAt: Instant,
    updatedAt: Instant,
    feed: Nullable(
      Type.Object(
        { madeAt: Instant, lastReadAt: Nullable(Instant) },
        { description: 'the address for feed readers, where there is one; only its maker has seen it' },
      ),
    ),
  },
  { description: 'The query.' },
);
export type QueryItem = Static<typeof QueryItem>;

export function queryItem(saved: SavedQuery, reader: string | null): QueryItem {
  const { queryId, name, shared, owner, accountId, createdAt, updatedAt, feedMadeAt, feedReadAt } = saved;
  return {
    ...{ queryId, name, shared, owner, mine: accountId === reader, query: saved.query as FlagQuery },
    ...{ createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() },
    feed: feedMadeAt && { madeAt: feedMadeAt.toISOString(), lastReadAt: feedReadAt?.toISOString() ?? null },
  };
}

/** What a saved query asks for, from a place in it on. */
export function wantedBy({ query }: SavedQuery, place: { limit?: number; cursor?: string } = {}): Wanted {
  const saved = query as FlagQuery;
  return { filters: filtersOf(saved), sort: saved.sort, ...place };
}

/** @throws RequestError where the query goes by what people decide later, which nobody can know when a flag is recorded */
export function refuseUnlessFollowable({ state }: FlagQuery): void {
  if (state && !state.includes('open')) {
    throw new RequestError(409, 'a flag is told of when it is recorded, and its state is open then: leave out state');
  }
}

/** The filters by which flags are told of as they are recorded, whatever has been decided about them meanwhile. */
export function followedBy(query: FlagQuery): FlagFilters {
  return { ...filtersOf(query), state: undefined };
}
