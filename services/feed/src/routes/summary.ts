import type { FastifyInstance } from 'fastify';
import { summariseFlags, type FlagSummary, type Queryable } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { keptFor } from '../kept-for.js';
import type { SchemaTypes } from '../schema-types.js';

const Counts = Type.Record(Type.String(), Type.Integer());
const Summary = Type.Object({
  flags: Type.Object({ total: Type.Integer(), byCategory: Counts, byPlatform: Counts }),
  campaigns: Type.Integer(),
  audits: Type.Object(
    { picked: Type.Integer(), judged: Type.Integer() },
    { description: 'posts below every threshold, picked at random: not among the flags' },
  ),
  notices: Type.Object({
    total: Type.Integer(),
    byState: Counts,
    overdue: Type.Integer({ description: 'past their deadline, neither actioned nor rejected' }),
  }),
});
export type Summary = Static<typeof Summary>;

const KEPT_MS = 2_000;

export async function summaryRoutes(app: FastifyInstance, { db }: { db: Queryable }): Promise<void> {
  const summary = keptFor(KEPT_MS, async () => summaryOf(await summariseFlags(db)));
  app.withTypeProvider<SchemaTypes>().get(
    '/v1/summary',
    {
      config: { permission: 'read' },
      schema: {
        ...{ operationId: 'getSummary', tags: ['figures'], summary: 'How many flags, campaigns, audits and notices' },
        response: { 200: Summary },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return summary();
    },
  );
}

export function summaryOf({ flags, campaigns, audits, notices }: FlagSummary): Summary {
  const sum = (counts: readonly { count: number }[]) => counts.reduce((total, { count }) => total + count, 0);
  const by = (key: 'category' | 'platform') => {
    const counts = new Map<string, number>();
    for (const row of flags) counts.set(row[key], (counts.get(row[key]) ?? 0) + row.count);
    return Object.fromEntries(counts);
  };
  return {
    flags: { total: sum(flags), byCategory: by('category'), byPlatform: by('platform') },
    campaigns,
    audits,
    notices: {
      total: sum(notices),
      byState: Object.fromEntries(notices.map(({ state, count }) => [state, count])),
      overdue: notices.reduce((total, { overdue }) => total + overdue, 0),
    },
  };
}
