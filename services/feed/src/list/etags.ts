import etag from '@fastify/etag';
import type { FastifyInstance } from 'fastify';
import type { SchemaTypes } from '../schema-types.js';

/** Kept only by the reader itself, who asks each time whether it still holds. */
export const REVALIDATED = 'private, no-cache';

/** Routes whose answers have an ETag: who asks again with it gets 304 until something changes. */
export async function withETags(
  app: FastifyInstance,
  routes: (app: ReturnType<typeof typed>) => unknown,
): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(etag);
    routes(typed(scope));
  });
}

const typed = (app: FastifyInstance) => app.withTypeProvider<SchemaTypes>();
