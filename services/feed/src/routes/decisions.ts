import type { FastifyInstance } from 'fastify';
import type { Database } from '@siaga/storage';
import Type from 'typebox';
import { DecisionBody } from '../decisions/decision-body.js';
import { makeDecision } from '../decisions/make-decision.js';
import { Review } from '../review.js';
import type { SchemaTypes } from '../schema-types.js';

const Recorded = Type.Object({
  decisionId: Type.String(),
  seq: Type.Integer(),
  recorded: Type.Boolean({ description: 'false of a repeat' }),
  review: Review,
});

/**
 * Takes what a person decided about a flag or a campaign, in the words of `siaga.decisions`. Of an audited post they say
 * what it is (`categories`, which may be empty). It is filed under the name of their account.
 */
export async function decisionRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  app.withTypeProvider<SchemaTypes>().post(
    '/v1/decisions',
    {
      config: { permission: 'decide', problems: [404, 409] },
      schema: {
        ...{ operationId: 'decide', tags: ['decisions'], summary: 'Say what a flag, a campaign or an audited post is' },
        ...{ body: DecisionBody, response: { 200: Recorded } },
      },
    },
    async ({ body, visitor }, reply) => {
      reply.header('cache-control', 'no-store');
      return makeDecision(db, body, visitor);
    },
  );
}
