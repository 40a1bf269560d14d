import type { Logger } from '@siaga/runtime';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { keptFor } from '../kept-for.js';
import { Ops } from '../ops/ops-schema.js';
import { consolePanels } from '../ops/panels.js';
import { prometheusClient } from '../ops/prometheus-client.js';
import type { SchemaTypes } from '../schema-types.js';

const KEPT_MS = 5_000;
const HOURS = [1, 6, 24] as const;

const Query = Type.Object(
  {
    hours: Type.Union(
      HOURS.map((hours) => Type.Literal(hours)),
      { default: 1, description: 'back from now' },
    ),
  },
  { additionalProperties: false },
);

/**
 * How the fleet fares, as Prometheus has it: a fixed list of queries, so that nobody can have it work for them, asked once for all readers.
 */
export async function opsRoutes(
  app: FastifyInstance,
  { prometheusUrl, log }: { prometheusUrl: string | undefined; log: Logger },
): Promise<void> {
  const client = prometheusUrl === undefined ? undefined : prometheusClient(prometheusUrl);
  const figures = new Map(HOURS.map((hours) => [hours, keptFor<Ops>(KEPT_MS, () => look(hours))] as const));
  async function look(hours: number): Promise<Ops> {
    const nothing = { hours, alerts: [], panels: [] };
    if (!client) return { state: 'none', ...nothing };
    try {
      const [alerts, ...panels] = await Promise.all([
        client.alerts(),
        ...consolePanels().map((panel) => client.panel(panel, hours)),
      ]);
      return { state: 'ok', hours, alerts, panels };
    } catch (err) {
      log.warn({ err }, 'Prometheus cannot be asked');
      return { state: 'unreachable', ...nothing };
    }
  }
  app.withTypeProvider<SchemaTypes>().get(
    '/v1/ops',
    {
      config: { permission: 'read' },
      schema: {
        ...{ operationId: 'getOps', tags: ['figures'], summary: 'How the fleet fares: alerts and figures over time' },
        ...{ querystring: Query, response: { 200: Ops } },
      },
    },
    async ({ query: { hours } }, reply) => {
      reply.header('cache-control', 'no-store');
      return (figures.get(hours) as () => Promise<Ops>)();
    },
  );
}
