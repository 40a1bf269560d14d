import etag from '@fastify/etag';
import { useFeedToken, type Database, type SavedQuery } from '@siaga/storage';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { DOWNLOADS, FEEDS, flagPage, flagsIn, sendDownload, sendFeed } from '../formats/answer-flags.js';
import { answerIn } from '../api-document/answers.js';
import { FlagDownloadQuery, FlagListQuery } from '../list/flag-query.js';
import type { Live } from '../live/live.js';
import { RequestError } from '../problem.js';
import { followedBy, refuseUnlessFollowable, wantedBy, type FlagQuery } from '../saved/saved-query.js';
import type { SchemaTypes } from '../schema-types.js';
import { FlagPage } from './flags.js';
import { IfNoneMatch } from './flag-formats.js';
import { QueryParams, said, visibleQuery } from './saved-queries.js';
import { sendStream, StreamHeaders, StreamQuery } from './stream.js';

const { limit, cursor } = FlagListQuery.properties;
const Place = Type.Object({ limit, cursor }, { additionalProperties: false });
const Download = Type.Object({ limit: FlagDownloadQuery.properties.limit }, { additionalProperties: false });
type Download = Static<typeof Download>;

const TokenParams = Type.Object({
  token: Type.String({ pattern: '^siagafeed_[\\w-]{40,60}$', description: 'as the address has it' }),
});

/** The flags that saved queries find, in every format; as feeds also for readers that can send no header. */
export async function savedQueryFlagRoutes(
  app: FastifyInstance,
  { db, live }: { db: Database; live: Live },
): Promise<void> {
  await app.register(etag);
  const routes = app.withTypeProvider<SchemaTypes>();

  routes.get(
    '/v1/queries/:id/flags',
    {
      config: { permission: 'read' },
      schema: {
        ...said('listQueryFlags', 'The flags that a query finds'),
        ...{ params: QueryParams, querystring: Place, response: { 200: FlagPage } },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return flagPage(db, wantedBy(await visibleQuery(db, request, request.params.id), request.query));
    },
  );
  routes.get(
    '/v1/queries/:id/stream',
    {
      config: { permission: 'read', problems: [409] },
      schema: {
        ...said('streamQueryFlags', 'The flags of a query as they are recorded, without an end'),
        description:
          'Events as on GET /v1/stream: `flag`, `audit`, `removed` (also of flags that were none of the query’s) and `ready`.',
        ...{ params: QueryParams, querystring: StreamQuery, headers: StreamHeaders },
        response: { 200: answerIn('text/event-stream', 'Events, and a comment where nothing happens for a while.') },
      },
      exposeHeadRoute: false,
    },
    async (request, reply) => {
      const query = (await visibleQuery(db, request, request.params.id)).query as FlagQuery;
      refuseUnlessFollowable(query);
      await sendStream(request, reply, live, followedBy(query));
    },
  );

  /** The same formats under an address, whoever may read it. */
  const formats = (
    address: string,
    { of, permission, params }: { of: string; permission: 'read' | 'public'; params: Type.TSchema },
    queryOf: (request: FastifyRequest) => Promise<SavedQuery>,
  ) => {
    const schema = (format: keyof typeof DOWNLOADS | keyof typeof FEEDS) => ({
      ...said(`${of}FlagsAs${format}`, `The flags that a query finds, as .${format}`),
      ...{ params, response: flagsIn(format) },
    });
    for (const format of Object.keys(DOWNLOADS) as (keyof typeof DOWNLOADS)[]) {
      app.get(
        `${address}/flags.${format}`,
        { config: { permission }, schema: { ...schema(format), querystring: Download }, exposeHeadRoute: false },
        async (request, reply) =>
          sendDownload(reply, db, format, wantedBy(await queryOf(request), request.query as Download)),
      );
    }
    for (const format of Object.keys(FEEDS) as (keyof typeof FEEDS)[]) {
      app.get(
        `${address}/flags.${format}`,
        { config: { permission }, schema: { ...schema(format), querystring: Place, headers: IfNoneMatch } },
        async (request, reply) => {
          const query = await queryOf(request);
          const wanted = wantedBy(query, request.query as Static<typeof Place>);
          const { name, queryId } = query;
          return sendFeed(request, reply, db, {
            ...{ format, wanted, title: `Siaga: ${name}`, id: `urn:siaga:query:${queryId}` },
          });
        },
      );
    }
  };
  formats('/v1/queries/:id', { of: 'query', permission: 'read', params: QueryParams }, (request) =>
    visibleQuery(db, request, (request.params as Static<typeof QueryParams>).id),
  );
  formats('/v1/feeds/:token', { of: 'feed', permission: 'public', params: TokenParams }, async (request) => {
    const query = await useFeedToken(db, (request.params as Static<typeof TokenParams>).token);
    if (!query) throw new RequestError(404, 'there is nothing at this address, or no longer');
    return query;
  });
}
