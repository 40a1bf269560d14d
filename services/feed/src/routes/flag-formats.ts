import etag from '@fastify/etag';
import type { Database } from '@siaga/storage';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { DOWNLOADS, FEEDS, flagsIn, sendDownload, sendFeed } from '../formats/answer-flags.js';
import { FlagDownloadQuery, FlagListQuery, wantedOf } from '../list/flag-query.js';
import type { SchemaTypes } from '../schema-types.js';

export const IfNoneMatch = Type.Object({
  'if-none-match': Type.Optional(Type.String({ description: 'the ETag of an answer' })),
});

/** The list of flags for programs that are not ours: whole as a download, or a page at a time as a feed. */
export async function flagFormatRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  await app.register(etag);
  const typed = app.withTypeProvider<SchemaTypes>();
  const config = { permission: 'read' as const };
  for (const format of Object.keys(DOWNLOADS) as (keyof typeof DOWNLOADS)[]) {
    const { id, summary } = DOWNLOADS[format];
    typed.get(
      `/v1/flags.${format}`,
      {
        config,
        schema: {
          ...{ operationId: id, tags: ['flags'], summary, querystring: FlagDownloadQuery },
          response: flagsIn(format),
        },
        // No HEAD: it would read all that GET sends.
        exposeHeadRoute: false,
      },
      ({ query }, reply) => sendDownload(reply, db, format, wantedOf(query)),
    );
  }
  for (const format of Object.keys(FEEDS) as (keyof typeof FEEDS)[]) {
    const { id, summary } = FEEDS[format];
    typed.get(
      `/v1/flags.${format}`,
      {
        config,
        schema: {
          ...{ operationId: id, tags: ['flags'], summary, querystring: FlagListQuery, headers: IfNoneMatch },
          response: flagsIn(format),
        },
      },
      (request, reply) => sendFeed(request, reply, db, { format, wanted: wantedOf(request.query) }),
    );
  }
}
