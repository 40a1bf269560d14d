import { existsSync } from 'node:fs';
import path from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '@siaga/runtime';

/** Serves the built console at `/`, and at `/wall` for the screen on the wall. Asset names hold a hash of their content, so a browser may keep them for good. */
export async function consoleRoutes(
  app: FastifyInstance,
  { consoleDir, log }: { consoleDir: string; log: Logger },
): Promise<void> {
  if (!existsSync(path.join(consoleDir, 'index.html'))) {
    log.warn('the console is not built: npm run build');
    return;
  }
  // The page and its script say nothing of what the fleet has found; all of that is fetched, by who may.
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, permission: 'public' };
    route.schema = { hide: true };
  });
  await app.register(staticFiles, {
    root: consoleDir,
    cacheControl: false,
    preCompressed: true,
    setHeaders(reply, file) {
      const kept = file.includes(`${path.sep}assets${path.sep}`);
      reply.header('cache-control', kept ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // The view that has an address of its own is found there by the page's script.
  app.get('/wall', (_request, reply) => reply.sendFile('index.html'));
}
