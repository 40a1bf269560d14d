import {
  changeQuery,
  deleteQuery,
  findQuery,
  followingOf,
  listQueries,
  makeFeedToken,
  revokeFeedToken,
  saveQuery,
  type Account,
  type Database,
  type SavedQuery,
} from '@siaga/storage';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { NO_CONTENT } from '../api-document/answers.js';
import type { AccessOptions } from '../auth/access.js';
import { Line, PathId } from '../fields.js';
import { filtersOf } from '../list/flag-query.js';
import { RequestError } from '../problem.js';
import { FlagQuery, queryItem, QueryItem, refuseUnlessFollowable } from '../saved/saved-query.js';
import type { SchemaTypes } from '../schema-types.js';

export const QueryParams = Type.Object({ id: PathId('the query') });

const Name = Line(100);
const NewQuery = Type.Object(
  { name: Name, shared: Type.Boolean({ default: false }), query: FlagQuery },
  { additionalProperties: false },
);
const Change = Type.Object(
  { name: Type.Optional(Name), shared: Type.Optional(Type.Boolean()), query: Type.Optional(FlagQuery) },
  { additionalProperties: false, minProperties: 1 },
);
const QueryList = Type.Object({ items: Type.Array(QueryItem) }, { description: 'By name.' });
export type QueryList = Static<typeof QueryList>;
const Feed = Type.Object(
  { atom: Type.String(), jsonfeed: Type.String(), csv: Type.String(), ndjson: Type.String() },
  { description: 'addresses that need no sign-in, shown this once' },
);
export type Feed = Static<typeof Feed>;

/** What the API's document says of a route. */
export const said = (operationId: string, summary: string) => ({ operationId, summary, tags: ['queries'] });

/** @throws RequestError 404 when there is none that the visitor may see */
export async function visibleQuery(db: Database, { visitor }: FastifyRequest, queryId: string): Promise<SavedQuery> {
  const found = await findQuery(db, visitor.account?.accountId ?? null, queryId);
  if (!found) throw new RequestError(404, `there is no query ${queryId}`);
  return found;
}

/** Queries that people come back to: their own, and those that the desk shares. */
export async function savedQueryRoutes(
  app: FastifyInstance,
  { db, access }: { db: Database; access: AccessOptions },
): Promise<void> {
  const routes = app.withTypeProvider<SchemaTypes>();
  const [read, decide] = [{ permission: 'read' as const }, { permission: 'decide' as const }];
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  const accountOf = ({ visitor }: FastifyRequest) => visitor.account as Account;
  const item = (request: FastifyRequest, query: SavedQuery) =>
    queryItem(query, request.visitor.account?.accountId ?? null);
  const own = async (request: FastifyRequest, queryId: string) => {
    const found = await visibleQuery(db, request, queryId);
    if (found.accountId === accountOf(request).accountId) return found;
    throw new RequestError(403, `the query is ${found.owner}'s: save one of your own like it`);
  };

  routes.get(
    '/v1/queries',
    {
      config: read,
      schema: {
        ...said('listQueries', 'Saved queries: one’s own, and those that are shared'),
        response: { 200: QueryList },
      },
    },
    async (request) => ({
      items: (await listQueries(db, request.visitor.account?.accountId ?? null)).map((query) => item(request, query)),
    }),
  );

  routes.post(
    '/v1/queries',
    {
      config: { ...decide, problems: [409] },
      schema: { ...said('saveQuery', 'Save a query'), body: NewQuery, response: { 201: QueryItem } },
    },
    async (request, reply) => {
      filtersOf(request.body.query);
      const saved = await saveQuery(db, accountOf(request), request.body);
      if (!saved) throw new RequestError(409, 'you have too many queries: delete some that you no longer use');
      return reply.code(201).header('location', `/v1/queries/${saved.queryId}`).send(item(request, saved));
    },
  );

  routes.get(
    '/v1/queries/:id',
    {
      config: read,
      schema: { ...said('getQuery', 'A saved query'), params: QueryParams, response: { 200: QueryItem } },
    },
    async (request) => item(request, await visibleQuery(db, request, request.params.id)),
  );

  routes.patch(
    '/v1/queries/:id',
    {
      config: decide,
      schema: {
        ...said('changeQuery', 'Change a query of one’s own'),
        params: QueryParams,
        body: Change,
        response: { 200: QueryItem },
      },
    },
    async (request) => {
      const query = await own(request, request.params.id);
      const { body } = request;
      if (body.query) {
        filtersOf(body.query);
        if (await followingOf(db, query.queryId)) refuseUnlessFollowable(body.query);
      }
      const changed = await changeQuery(db, query, body);
      if (!changed) throw new RequestError(404, `there is no query ${query.queryId}`);
      return item(request, changed);
    },
  );

  routes.delete(
    '/v1/queries/:id',
    {
      config: decide,
      schema: {
        ...said('deleteQuery', 'Delete a query of one’s own, with its addresses and subscriptions'),
        params: QueryParams,
        response: { 204: NO_CONTENT },
      },
    },
    async (request, reply) => {
      await deleteQuery(db, await own(request, request.params.id));
      return reply.code(204).send(null);
    },
  );

  routes.post(
    '/v1/queries/:id/feed',
    {
      config: decide,
      schema: {
        ...said('makeFeedAddress', 'Make addresses for feed readers; earlier ones are no longer good'),
        params: QueryParams,
        response: { 201: Feed },
      },
    },
    async (request, reply) => {
      const query = await own(request, request.params.id);
      const secret = await makeFeedToken(db, accountOf(request), query);
      const base = access.publicUrl?.origin ?? `${request.protocol}://${request.host}`;
      const address = (format: string) => `${base}/v1/feeds/${secret}/flags.${format}`;
      return reply.code(201).send({
        ...{ atom: address('atom'), jsonfeed: address('jsonfeed'), csv: address('csv'), ndjson: address('ndjson') },
      });
    },
  );

  routes.delete(
    '/v1/queries/:id/feed',
    {
      config: decide,
      schema: {
        ...said('revokeFeedAddress', 'End the addresses for feed readers'),
        params: QueryParams,
        response: { 204: NO_CONTENT },
      },
    },
    async (request, reply) => {
      const query = await own(request, request.params.id);
      if (!(await revokeFeedToken(db, accountOf(request), query))) throw new RequestError(404, 'it has no address');
      return reply.code(204).send(null);
    },
  );
}
