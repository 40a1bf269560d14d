import type { FastifyInstance } from 'fastify';
import { countRows, flagList, listFlags, type FlagFilters, type Queryable } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { FlagItem, flagItem } from '../flag-item.js';
import { answerOf, listQuery, pageOf, windowOf } from '../list/parameters.js';
import { FieldError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';

const filters = listQuery(
  [
    ...(['audit', 'category', 'label', 'minScore', 'maxScore', 'platform', 'language', 'author'] as const),
    ...(['campaign', 'state', 'from', 'to', 'q'] as const),
  ],
  { sorts: ['recordedAt', 'createdAt', 'score'], defaultSort: '-recordedAt' },
);

const FlagQuery = Type.Object(
  {
    ...filters.properties,
    before: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'a seq' })),
    count: Type.Boolean({ default: false, description: 'tell how many flags there are in all' }),
  },
  { additionalProperties: false },
);
type FlagQuery = Static<typeof FlagQuery>;

const FlagPage = Type.Object({
  items: Type.Array(FlagItem),
  next: Type.Union([Type.String(), Type.Null()]),
  total: Type.Optional(
    Type.Object({
      count: Type.Integer(),
      exact: Type.Boolean({ description: 'false of an estimate, where counting would take long' }),
    }),
  ),
});

export async function flagRoutes(app: FastifyInstance, { db }: { db: Queryable }): Promise<void> {
  app
    .withTypeProvider<SchemaTypes>()
    .get('/v1/flags', { schema: { querystring: FlagQuery, response: { 200: FlagPage } } }, async ({ query }, reply) => {
      const [page, wanted] = [pageOf(query, flagList), filtersOf(query)];
      if (page.after && query.before !== undefined) throw new FieldError('before', 'take either cursor or before');
      const [flags, total] = await Promise.all([
        listFlags(db, wanted, page),
        query.count ? countRows(db, flagList, wanted) : undefined,
      ]);
      reply.header('cache-control', 'no-store');
      return { ...answerOf(flags, query, { item: flagItem, key: ({ seq }) => String(seq) }), ...(total && { total }) };
    });
}

/** What remains of a query when its page is taken away. */
export function filtersOf({
  sort: _s,
  limit: _l,
  cursor: _c,
  count: _n,
  from,
  to,
  q,
  ...rest
}: FlagQuery): FlagFilters {
  const text = q?.trim();
  return { ...rest, ...windowOf({ from, to }), ...(text && { q: text }) };
}
