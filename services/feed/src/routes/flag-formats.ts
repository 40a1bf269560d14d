import { Readable } from 'node:stream';
import etag from '@fastify/etag';
import { flagList, listFlags, type Queryable } from '@siaga/storage';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { answerIn, NOT_MODIFIED } from '../api-document/answers.js';
import { CSV_HEAD, csvRows } from '../formats/flag-csv.js';
import { atomOf, JsonFeed, jsonFeedOf, latestChangeOf, type FeedPage } from '../formats/flag-feeds.js';
import { flagPages } from '../formats/flag-pages.js';
import { flagItem, type FlagItem } from '../flag-item.js';
import { FlagDownloadQuery, FlagListQuery, filtersOf } from '../list/flag-query.js';
import { answerOf, pageOf } from '../list/parameters.js';
import type { SchemaTypes } from '../schema-types.js';

const IfNoneMatch = Type.Object({
  'if-none-match': Type.Optional(Type.String({ description: 'the ETag of an answer' })),
});

/** The list of flags for programs that are not ours: whole as a download, or a page at a time as a feed. */
export async function flagFormatRoutes(app: FastifyInstance, { db }: { db: Queryable }): Promise<void> {
  await app.register(etag);
  const typed = app.withTypeProvider<SchemaTypes>();

  const downloads = {
    csv: {
      ...{ type: 'text/csv; charset=utf-8; header=present', head: CSV_HEAD, rows: csvRows, id: 'downloadFlagsAsCsv' },
      ...{
        summary: 'Flags as a table, all of them or the first `limit`',
        is: 'RFC 4180. No cell can become a formula.',
      },
    },
    ndjson: {
      ...{ type: 'application/x-ndjson', head: '', rows: ndjsonRows, id: 'downloadFlagsAsNdjson' },
      ...{ summary: 'Flags as lines of JSON, all of them or the first `limit`', is: 'A flag of GET /v1/flags a line.' },
    },
  };
  for (const [extension, { type, head, rows, id, summary, is }] of Object.entries(downloads)) {
    // No HEAD: it would read all that GET sends.
    const options = {
      config: { permission: 'read' as const },
      schema: {
        ...{ operationId: id, tags: ['flags'], summary, querystring: FlagDownloadQuery },
        response: { 200: answerIn(type.split(';', 1)[0] as string, is) },
      },
      exposeHeadRoute: false,
    };
    typed.get(`/v1/flags.${extension}`, options, async ({ query }, reply) => {
      const { limit = Number.MAX_SAFE_INTEGER } = query;
      const page = { ...pageOf({ ...query, limit: 0 }, flagList), limit };
      const pages = flagPages(db, filtersOf(query), page);
      // Read before anything is sent, so that a database out of reach is a problem and not a file that breaks off.
      const first = await pages.next();
      return reply
        .type(type)
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="flags.${extension}"`)
        .send(
          Readable.from(
            (async function* () {
              yield head + (first.done ? '' : rows(first.value));
              for await (const items of pages) yield rows(items);
            })(),
            // One piece ahead of the client, and not sixteen.
            { objectMode: false },
          ),
        );
    });
  }

  const feedPage = async (request: FastifyRequest, query: Static<typeof FlagListQuery>): Promise<FeedPage> => {
    const flags = await listFlags(db, filtersOf(query), pageOf(query, flagList));
    const { items, next } = answerOf(flags, query, { item: (flag) => flagItem(flag), key: ({ seq }) => String(seq) });
    const self = new URL(request.url, `${request.protocol}://${request.host}`);
    const following = new URL(self);
    if (next !== null) following.searchParams.set('cursor', next);
    return { items, self: self.href, next: next === null ? null : following.href };
  };
  const asFeed = (reply: FastifyReply, items: readonly FlagItem[], type: string) =>
    reply
      .type(type)
      // Kept only by the reader itself, who asks each time whether it still holds.
      .header('cache-control', 'private, no-cache')
      .header('last-modified', latestChangeOf(items).toUTCString());

  typed.get(
    '/v1/flags.atom',
    {
      config: { permission: 'read' },
      schema: {
        ...{ operationId: 'followFlagsAsAtom', tags: ['flags'], summary: 'Flags as an Atom feed' },
        ...{ querystring: FlagListQuery, headers: IfNoneMatch },
        response: {
          200: answerIn('application/atom+xml', 'RFC 4287, its pages linked as in RFC 5005.'),
          304: NOT_MODIFIED,
        },
      },
    },
    async (request, reply) => {
      const page = await feedPage(request, request.query);
      return asFeed(reply, page.items, 'application/atom+xml; charset=utf-8').send(atomOf(page));
    },
  );
  typed.get(
    '/v1/flags.jsonfeed',
    {
      config: { permission: 'read' },
      schema: {
        ...{ operationId: 'followFlagsAsJsonFeed', tags: ['flags'], summary: 'Flags as a JSON Feed' },
        ...{ querystring: FlagListQuery, headers: IfNoneMatch },
        response: { 200: answerIn('application/feed+json', 'JSON Feed 1.1.', JsonFeed), 304: NOT_MODIFIED },
      },
    },
    async (request, reply) => {
      const page = await feedPage(request, request.query);
      return asFeed(reply, page.items, 'application/feed+json').send(JSON.stringify(jsonFeedOf(page)));
    },
  );
}

function ndjsonRows(items: readonly FlagItem[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}
