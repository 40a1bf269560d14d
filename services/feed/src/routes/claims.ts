import { claimCodec, isDebunked } from '@siaga/contracts';
import {
  changeClaim,
  claimList,
  CLAIM_STATES,
  findClaim,
  listClaims,
  type Database,
  type ListedClaim,
} from '@siaga/storage';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { nameOf } from '../auth/visitor.js';
import { Instant, Nullable } from '../fields.js';
import { answerOf, listQuery, pageOf, windowOf } from '../list/parameters.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';

const State = Type.Enum([...CLAIM_STATES], { description: 'active as it came, confirmed by a person, or disabled' });

const ClaimItem = Type.Object({
  claimId: Type.String(),
  text: Type.String(),
  verdict: Type.String({ description: "the checker's own words" }),
  debunked: Type.Boolean({ description: 'whether that verdict speaks against the claim: only then is it matched' }),
  url: Type.String({ description: 'of the fact-check' }),
  publisher: Type.String(),
  language: Nullable(Type.String()),
  publishedAt: Instant,
  origin: Type.Enum(['feed', 'import', 'decision']),
  state: State,
  editedBy: Nullable(Type.String({ description: 'who changed its words' })),
});
export type ClaimItem = Static<typeof ClaimItem>;

const ClaimPage = Type.Object({ items: Type.Array(ClaimItem), next: Nullable(Type.String()) });
export type ClaimPage = Static<typeof ClaimPage>;

const ClaimQuery = listQuery(['claimState', 'publisher', 'language', 'from', 'to', 'q'], {
  sorts: ['publishedAt'],
  defaultSort: '-publishedAt',
});

const words = (maxLength: number) => Type.Optional(Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*$' }));
const Change = Type.Object(
  { state: Type.Optional(State), text: words(4000), verdict: words(200) },
  { additionalProperties: false, minProperties: 1 },
);
const ClaimId = Type.Object({
  claimId: Type.String({ minLength: 1, maxLength: 512, pattern: '^[^\\u0000]*$', description: 'of the claim' }),
});

/** The bank of claims that posts are matched against. */
export async function claimRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  const routes = app.withTypeProvider<SchemaTypes>();
  routes.get(
    '/v1/claims',
    {
      config: { permission: 'read' },
      schema: {
        ...{ operationId: 'listClaims', tags: ['claims'], summary: 'Claims that were checked, the latest first' },
        querystring: ClaimQuery,
        response: { 200: ClaimPage },
      },
    },
    async ({ query }, reply) => {
      const { claimState, publisher, language } = query;
      const q = query.q?.trim();
      const filters = { claimState, publisher, language, ...windowOf(query), ...(q && { q }) };
      const rows = await listClaims(db, filters, pageOf(query, claimList));
      reply.header('cache-control', 'no-store');
      return answerOf(rows, query, claimItem);
    },
  );
  routes.patch(
    '/v1/claims/:claimId',
    {
      config: { permission: 'decide' },
      schema: {
        ...{ operationId: 'changeClaim', tags: ['claims'], summary: 'Confirms, disables or rewords a claim' },
        description: 'Workers match by it as it is now within seconds.',
        params: ClaimId,
        body: Change,
        response: { 200: ClaimItem },
      },
    },
    async ({ params: { claimId }, body, visitor }, reply) => {
      const before = await findClaim(db, claimId);
      if (!before) throw new RequestError(404, `there is no claim ${claimId}`);
      const fits = claimCodec.decode(Buffer.from(JSON.stringify({ ...before, ...body })));
      if (!fits.ok) throw new RequestError(400, fits.detail);
      const claim = await changeClaim(db, { claimId, by: nameOf(visitor), ...body });
      if (!claim) throw new RequestError(404, `there is no claim ${claimId}`);
      reply.header('cache-control', 'no-store');
      const { language = null, publishedAt } = claim;
      return claimItem({ ...claim, language, publishedAt: new Date(publishedAt) });
    },
  );
}

function claimItem(claim: ListedClaim): ClaimItem {
  const { claimId, text, verdict, url, publisher, language, publishedAt, origin, state, editedBy } = claim;
  return {
    ...{ claimId, text, verdict, debunked: isDebunked(verdict), url, publisher, language },
    ...{ publishedAt: publishedAt.toISOString(), origin, state, editedBy },
  };
}
