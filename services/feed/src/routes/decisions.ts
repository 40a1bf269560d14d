import { randomUUID } from 'node:crypto';
import type { Decision } from '@siaga/contracts';
import type { FastifyInstance } from 'fastify';
import { findFlag, recordDecision, type Queryable } from '@siaga/storage';
import Type from 'typebox';
import { nameOf } from '../auth/visitor.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';
import { CategoryName } from '../fields.js';

// PostgreSQL's text cannot hold U+0000.
const Line = { pattern: '^[^\\u0000]*$' };
const Id = Type.String({ minLength: 1, maxLength: 512, pattern: '^[\\x21-\\x7e\\u00a1-\\uffff]+$' });
const Action = Type.Union([Type.Literal('confirm'), Type.Literal('dismiss'), Type.Literal('escalate')]);

const Body = Type.Object(
  {
    decisionId: Type.Optional(Id),
    subject: Type.Object({ flagId: Id }, { additionalProperties: false }),
    action: Action,
    categories: Type.Optional(Type.Array(CategoryName, { maxItems: 3, uniqueItems: true })),
    reason: Type.Optional(Type.String({ maxLength: 2000, ...Line })),
  },
  { additionalProperties: false },
);

const Recorded = Type.Object({ decisionId: Type.String(), recorded: Type.Boolean() });

/**
 * Takes what a person decided about a flag, in the words of `siaga.decisions`. Of an audited post they say what it is
 * (`categories`, which may be empty), of an alert whether it is right. It is filed under the name of their account.
 */
export async function decisionRoutes(app: FastifyInstance, { db }: { db: Queryable }): Promise<void> {
  app.withTypeProvider<SchemaTypes>().post(
    '/v1/decisions',
    {
      config: { permission: 'decide', problems: [404] },
      schema: {
        ...{ operationId: 'decide', tags: ['decisions'], summary: 'Say what a flag or an audited post is' },
        ...{ body: Body, response: { 200: Recorded } },
      },
    },
    async ({ body, visitor }, reply) => {
      const { subject, action, categories } = body;
      const flag = await findFlag(db, subject.flagId);
      if (!flag) throw new RequestError(404, `there is no flag ${subject.flagId}`);
      if (flag.audited !== (categories !== undefined)) {
        throw new RequestError(400, 'categories belong to a decision about an audited post, and only to it');
      }
      if (categories && action !== (categories.length > 0 ? 'confirm' : 'dismiss')) {
        throw new RequestError(
          400,
          'an audited post is confirmed when it has a category and dismissed when it has none',
        );
      }
      const { decisionId = randomUUID(), ...rest } = body;
      const made = { decidedBy: nameOf(visitor), decidedAt: new Date().toISOString() };
      const decision: Decision = { schemaVersion: 1, decisionId, ...rest, ...made };
      reply.header('cache-control', 'no-store');
      return { decisionId, recorded: await recordDecision(db, decision) };
    },
  );
}
