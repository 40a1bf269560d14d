import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { TransientError } from '@siaga/runtime';
import type { Database } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import type { Visitor } from '../auth/visitor.js';
import { DecisionBody } from '../decisions/decision-body.js';
import { makeDecision, type DecisionRules } from '../decisions/make-decision.js';
import { RequestError } from '../problem.js';
import { Review } from '../review.js';
import type { SchemaTypes } from '../schema-types.js';

const MadeDecision = Type.Object({
  decisionId: Type.String(),
  seq: Type.Integer(),
  recorded: Type.Boolean({ description: 'false of a repeat' }),
  review: Review,
  into: Type.Optional(Type.String({ description: 'of merge and split: the campaign that flags went to' })),
  claimId: Type.Optional(Type.String({ description: 'of known-hoax: the claim that it made' })),
});

const BulkBody = Type.Object(
  { decisions: Type.Array(DecisionBody, { minItems: 1, maxItems: 200 }) },
  { additionalProperties: false },
);
const BulkResult = Type.Object({
  ...Type.Partial(MadeDecision).properties,
  decisionId: Type.String(),
  status: Type.Integer({ description: 'what the decision alone would have been answered with' }),
  detail: Type.Optional(Type.String({ description: 'why it was refused' })),
  current: Type.Optional(Type.Object(Review.properties, { description: 'of a conflict: how its subject stands' })),
});
const BulkAnswer = Type.Object({
  results: Type.Array(BulkResult, { description: 'in the order of the decisions, each on its own' }),
});

const UNREACHABLE = 'the database is out of reach';

/**
 * Takes what a person decided about a flag or a campaign, in the words of `siaga.decisions`. Of an audited post they say
 * what it is (`categories`, which may be empty). It is filed under the name of their account.
 */
export async function decisionRoutes(
  app: FastifyInstance,
  { db, rules }: { db: Database; rules: DecisionRules },
): Promise<void> {
  const routes = app.withTypeProvider<SchemaTypes>();
  routes.post(
    '/v1/decisions',
    {
      config: { permission: 'decide', problems: [404, 409] },
      schema: {
        ...{ operationId: 'decide', tags: ['decisions'], summary: 'Say what a flag, a campaign or an audited post is' },
        ...{ body: DecisionBody, response: { 200: MadeDecision } },
      },
    },
    async ({ body, visitor }, reply) => {
      reply.header('cache-control', 'no-store');
      return makeDecision(db, body, visitor, rules);
    },
  );
  routes.post(
    '/v1/decisions/bulk',
    {
      config: { permission: 'decide' },
      schema: {
        ...{ operationId: 'decideMany', tags: ['decisions'], summary: 'Decide many things, each on its own' },
        ...{ body: BulkBody, response: { 200: BulkAnswer } },
      },
    },
    async ({ body, visitor }, reply) => {
      reply.header('cache-control', 'no-store');
      const results: Static<typeof BulkResult>[] = [];
      for (const decision of body.decisions) results.push(await oneOfMany(decision, visitor));
      return { results };
    },
  );

  async function oneOfMany(decision: DecisionBody, visitor: Visitor): Promise<Static<typeof BulkResult>> {
    const { decisionId = randomUUID() } = decision;
    try {
      return { status: 200, ...(await makeDecision(db, { ...decision, decisionId }, visitor, rules)) };
    } catch (error) {
      if (error instanceof TransientError) return { decisionId, status: 503, detail: UNREACHABLE };
      if (!(error instanceof RequestError)) throw error;
      return { decisionId, status: error.status, detail: error.message, ...error.members };
    }
  }
}
