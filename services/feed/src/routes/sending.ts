import type { FastifyInstance } from 'fastify';
import { countDeliveries, sendingSwitch, switchSending, WAITING_STATES, type Database } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { nameOf } from '../auth/visitor.js';
import { Line, Nullable } from '../fields.js';
import { keptFor } from '../kept-for.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';

const Sending = Type.Object({
  stopped: Type.Boolean(),
  changedAt: Type.String(),
  changedBy: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  waiting: Type.Integer({ description: 'deliveries that leave when sending goes on' }),
});
export type Sending = Static<typeof Sending>;

const Switched = Type.Object({
  ...Sending.properties,
  changed: Type.Boolean({ description: 'false: it stood like that' }),
});

const Body = Type.Object(
  { stopped: Type.Boolean(), reason: Type.Optional(Line(500)) },
  { additionalProperties: false },
);

const KEPT_MS = 1_000;
/** The rest is over, or waits for a person. */
const WAITING: ReadonlySet<string> = new Set(WAITING_STATES);

/** The kill switch: stops all notices to platforms at once, and lets them go on. Nothing that waits is lost. */
export async function sendingRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  const routes = app.withTypeProvider<SchemaTypes>();
  const countWaiting = keptFor(KEPT_MS, async () => {
    const counts = await countDeliveries(db);
    return counts.reduce((total, { state, count }) => (WAITING.has(state) ? total + count : total), 0);
  });
  const status = async (): Promise<Sending> => {
    const [{ changedAt, ...at }, waiting] = await Promise.all([sendingSwitch(db), countWaiting()]);
    return { ...at, changedAt: changedAt.toISOString(), waiting };
  };
  routes.get(
    '/v1/sending',
    {
      config: { permission: 'read' },
      schema: {
        ...{ operationId: 'getSending', tags: ['notices'], summary: 'Whether notices leave, and since when' },
        response: { 200: Sending },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return status();
    },
  );
  routes.post(
    '/v1/sending',
    {
      config: { permission: 'switch-sending' },
      schema: {
        ...{ operationId: 'switchSending', tags: ['notices'], summary: 'Stop all notices at once, or let them go on' },
        ...{ body: Body, response: { 200: Switched } },
      },
    },
    async (request, reply) => {
      const { stopped, reason } = request.body;
      if (stopped && reason === undefined) throw new RequestError(400, 'say why sending is stopped: reason');
      const changed = await switchSending(db, { stopped, by: nameOf(request.visitor), reason });
      reply.header('cache-control', 'no-store');
      return { changed, ...(await status()) };
    },
  );
}
