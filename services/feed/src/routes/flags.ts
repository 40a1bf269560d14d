import type { FastifyInstance } from 'fastify';
import { countRows, flagList, listFlags, type Database } from '@siaga/storage';
import Type from 'typebox';
import { FlagItem, flagItem } from '../flag-item.js';
import { FlagListQuery, filtersOf } from '../list/flag-query.js';
import { REVALIDATED, withETags } from '../list/etags.js';
import { answerOf, pageOf } from '../list/parameters.js';
import { Count, Total } from '../list/total.js';
import { FieldError } from '../problem.js';

const FlagQuery = Type.Object(
  {
    ...FlagListQuery.properties,
    before: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'a seq' })),
    count: Count,
  },
  { additionalProperties: false },
);

export const FlagPage = Type.Object({
  items: Type.Array(FlagItem),
  next: Type.Union([Type.String(), Type.Null()]),
  total: Total,
});

export async function flagRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  await withETags(app, (lists) =>
    lists.get(
      '/v1/flags',
      {
        config: { permission: 'read' },
        schema: {
          ...{ operationId: 'listFlags', tags: ['flags'], summary: 'Flags, a page at a time' },
          ...{ querystring: FlagQuery, response: { 200: FlagPage } },
        },
      },
      async ({ query, visitor }, reply) => {
        const [page, wanted] = [pageOf(query, flagList), filtersOf(query)];
        if (page.after && query.before !== undefined) throw new FieldError('before', 'take either cursor or before');
        const [flags, total] = await Promise.all([
          listFlags(db, wanted, page),
          query.count ? countRows(db, flagList, wanted) : undefined,
        ]);
        reply.header('cache-control', REVALIDATED);
        return {
          ...answerOf(flags, query, (flag) => flagItem(flag, visitor.account?.name)),
          ...(total && { total }),
        };
      },
    ),
  );
}
