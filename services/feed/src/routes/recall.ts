import type { FastifyInstance } from 'fastify';
import { auditCounts, type Queryable } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { estimateRecall } from '../recall/estimate-recall.js';
import { PARAMETERS, windowOf } from '../list/parameters.js';
import { CategoryRecall } from '../recall/recall-schema.js';
import type { SchemaTypes } from '../schema-types.js';

const RecallQuery = Type.Object({ from: PARAMETERS.from, to: PARAMETERS.to }, { additionalProperties: false });

const Recall = Type.Object({
  confidence: Type.Literal(0.95),
  audited: Type.Integer({ description: 'posts below every threshold that were picked at random' }),
  judged: Type.Integer(),
  categories: Type.Object({ hoax: CategoryRecall, hate: CategoryRecall, bullying: CategoryRecall }),
});
export type Recall = Static<typeof Recall>;

export async function recallRoutes(app: FastifyInstance, { db }: { db: Queryable }): Promise<void> {
  app.withTypeProvider<SchemaTypes>().get(
    '/v1/recall',
    {
      config: { permission: 'read' },
      schema: {
        ...{ operationId: 'getRecall', tags: ['figures'], summary: 'How much is found, by the audited posts' },
        ...{ querystring: RecallQuery, response: { 200: Recall } },
      },
    },
    async ({ query }, reply): Promise<Recall> => {
      const window = windowOf(query);
      reply.header('cache-control', 'no-store');
      return { confidence: 0.95, ...estimateRecall(await auditCounts(db, window)) };
    },
  );
}
