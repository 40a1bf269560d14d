import Fastify from 'fastify';
import type { Registry } from 'prom-client';
import { failureOf, type Check } from './check.js';

/**
 * `/livez` answers while the event loop turns. `/readyz` runs every check for real and names those that fail with 503.
 * `/metrics` is the Prometheus text of the registry.
 *
 * @returns the port it listens on and how to close it
 */
export async function startOpsServer(options: {
  host: string;
  port: number;
  registry: Registry;
  checks: ReadonlyMap<string, Check>;
}): Promise<{ port: number; close: () => Promise<void> }> {
  const { host, port, registry, checks } = options;
  const server = Fastify({ requestTimeout: 10_000, forceCloseConnections: true });
  server.get('/livez', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const results = await Promise.all(
      [...checks].map(async ([name, check]) => [name, await failureOf(check)] as const),
    );
    const failing = Object.fromEntries(results.filter(([, failure]) => failure !== undefined));
    const ready = Object.keys(failing).length === 0;
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable', failing });
  });
  server.get('/metrics', async (_request, reply) =>
    reply.header('content-type', registry.contentType).send(await registry.metrics()),
  );
  const address = await server.listen({ host, port });
  return { port: Number(new URL(address).port), close: () => server.close() };
}
