import { decisionList, listDecisions, type Database, type ListedDecision } from '@siaga/storage';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { CategoryName, Instant, Nullable } from '../fields.js';
import { REVALIDATED, withETags } from '../list/etags.js';
import { answerOf, listQuery, pageOf, windowOf } from '../list/parameters.js';

const DecisionItem = Type.Object({
  decisionId: Type.String(),
  seq: Type.Integer({ description: 'order of recording' }),
  flagId: Nullable(Type.String()),
  campaignId: Nullable(Type.String()),
  action: Type.String(),
  categories: Nullable(Type.Array(CategoryName, { description: 'what an audited post was found to be' })),
  reason: Nullable(Type.String()),
  decidedBy: Type.String(),
  decidedAt: Instant,
  undoneBy: Nullable(Type.String({ description: 'the decision that took it back' })),
});
const DecisionPage = Type.Object({ items: Type.Array(DecisionItem), next: Nullable(Type.String()) });
export type DecisionPage = Static<typeof DecisionPage>;

const DecisionQuery = listQuery(['action', 'by', 'flag', 'campaign', 'from', 'to'], {
  sorts: ['decidedAt'],
  defaultSort: '-decidedAt',
});

/** What people decided, the latest first. The first of two words about something is not in it before the second is given. */
export async function decisionListRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  await withETags(app, (lists) =>
    lists.get(
      '/v1/decisions',
      {
        config: { permission: 'read' },
        schema: {
          ...{ operationId: 'listDecisions', tags: ['decisions'], summary: 'What people decided, a page at a time' },
          ...{ querystring: DecisionQuery, response: { 200: DecisionPage } },
        },
      },
      async ({ query }, reply) => {
        const { action, by, flag, campaign, from, to } = query;
        const filters = { action, by, flag, campaign, ...windowOf({ from, to }) };
        const decisions = await listDecisions(db, filters, pageOf(query, decisionList));
        reply.header('cache-control', REVALIDATED);
        return answerOf(decisions, query, decisionItem);
      },
    ),
  );
}

const decisionItem = ({ decidedAt, ...decision }: ListedDecision) => ({
  ...decision,
  decidedAt: decidedAt.toISOString(),
});
