import type { FastifyInstance } from 'fastify';
import { listSources, type Queryable, type SourceState } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { keptFor } from '../kept-for.js';
import type { SchemaTypes } from '../schema-types.js';
import { Nullable } from '../fields.js';

const SourceItem = Type.Object({
  source: Type.String(),
  state: Type.String({ description: 'paused, unread (no worker has it), starting, running, failing or ended' }),
  worker: Nullable(Type.String()),
  posts: Type.Integer({ description: 'since its worker took it' }),
  lastEventAt: Nullable(Type.String()),
  lagMs: Nullable(Type.Number({ description: "how far the latest event lay behind, by the source's own clock" })),
  lastError: Nullable(Type.String()),
});
const SourceList = Type.Object({ items: Type.Array(SourceItem) });
export type SourceItem = Static<typeof SourceItem>;
export type SourceList = Static<typeof SourceList>;

const KEPT_MS = 1_000;

/** What ingest's workers say of the sources that they read. */
export async function sourceRoutes(app: FastifyInstance, { db }: { db: Queryable }): Promise<void> {
  const sources = keptFor(KEPT_MS, async () => ({ items: (await listSources(db)).map(sourceItem) }));
  app.withTypeProvider<SchemaTypes>().get(
    '/v1/sources',
    {
      config: { permission: 'read' },
      schema: {
        ...{ operationId: 'listSources', tags: ['sources'], summary: 'Every source, and how it fares' },
        response: { 200: SourceList },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return sources();
    },
  );
}

/** What ingest files beside a lease; written by another version, it may lack anything. */
interface Health {
  readonly state?: string;
  readonly posts?: number;
  readonly lastEventAt?: string;
  readonly lagMs?: number;
  readonly lastError?: string;
}

function sourceItem({ source, holder, paused, health }: SourceState): SourceItem {
  const {
    state = 'starting',
    posts = 0,
    lastEventAt = null,
    lagMs = null,
    lastError = null,
  } = (health ?? {}) as Health;
  const seen = holder === null ? 'unread' : state;
  return { source, state: paused ? 'paused' : seen, worker: holder, posts, lastEventAt, lagMs, lastError };
}
