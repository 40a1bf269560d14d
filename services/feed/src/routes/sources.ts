import type { FastifyInstance } from 'fastify';
import { countRows, searchSources, sourceList, type Database } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { Nullable } from '../fields.js';
import { REVALIDATED, withETags } from '../list/etags.js';
import { answerOf, listQuery, pageOf } from '../list/parameters.js';
import { Count, Total } from '../list/total.js';

const SourceItem = Type.Object({
  source: Type.String(),
  state: Type.String({ description: 'paused, unread (no worker has it), starting, running, failing or ended' }),
  worker: Nullable(Type.String()),
  posts: Type.Integer({ description: 'since its worker took it' }),
  lastEventAt: Nullable(Type.String()),
  lagMs: Nullable(Type.Number({ description: "how far the latest event lay behind, by the source's own clock" })),
  lastError: Nullable(Type.String()),
});
const SourcePage = Type.Object({ items: Type.Array(SourceItem), next: Nullable(Type.String()), total: Total });
export type SourceItem = Static<typeof SourceItem>;
export type SourcePage = Static<typeof SourcePage>;

const SourceQuery = Type.Object(
  {
    ...listQuery(['sourceState', 'worker', 'name'], { sorts: ['source', 'posts', 'lagMs'], defaultSort: 'source' })
      .properties,
    count: Count,
  },
  { additionalProperties: false },
);

/** What ingest's workers say of the sources that they read. */
export async function sourceRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  await withETags(app, (lists) =>
    lists.get(
      '/v1/sources',
      {
        config: { permission: 'read' },
        schema: {
          ...{ operationId: 'listSources', tags: ['sources'], summary: 'Sources and how they fare, a page at a time' },
          ...{ querystring: SourceQuery, response: { 200: SourcePage } },
        },
      },
      async ({ query }, reply) => {
        const { sourceState, worker, name } = query;
        const filters = { sourceState, worker, name };
        const [sources, total] = await Promise.all([
          searchSources(db, filters, pageOf(query, sourceList)),
          query.count ? countRows(db, sourceList, filters) : undefined,
        ]);
        reply.header('cache-control', REVALIDATED);
        return { ...answerOf(sources, query, (source) => source), ...(total && { total }) };
      },
    ),
  );
}
