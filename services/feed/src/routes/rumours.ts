import {
  decideRumour,
  listRumours,
  rumourGrowth,
  rumourList,
  RUMOUR_STATES,
  type Database,
  type ListedRumour,
} from '@siaga/storage';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { nameOf } from '../auth/visitor.js';
import { DeskClaim, recordDeskClaim, type Desk } from '../decisions/desk-claim.js';
import { Instant, Nullable, PathId } from '../fields.js';
import { answerOf, listQuery, pageOf } from '../list/parameters.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';

const RumourItem = Type.Object({
  rumourId: Type.String({ format: 'uuid' }),
  state: Type.Enum([...RUMOUR_STATES], {
    description:
      'unverified; dismissed by a person as no rumour; debunked: its posts repeat a claim that somebody has debunked',
  }),
  decidedBy: Nullable(Type.String()),
  posts: Type.Integer({ description: 'copies seen' }),
  voices: Type.Integer({ description: 'how many have posted it, estimated; a post without an author counts as one' }),
  growth: Type.Number({ description: 'the same, each counting half as much every three hours since it joined' }),
  timeline: Type.Array(Type.Object({ at: Instant, posts: Type.Integer() }), {
    description: 'copies by the hour, of the latest 72 hours with any',
  }),
  platforms: Type.Array(Type.Object({ platform: Type.String(), posts: Type.Integer() })),
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  campaign: Nullable(
    Type.Object(
      { campaignId: Type.String({ format: 'uuid' }), size: Type.Integer() },
      { description: 'that its posts are flagged in; of a debunked one the campaign of that hoax' },
    ),
  ),
  examples: Type.Array(
    Type.Object({
      postId: Type.String(),
      platform: Type.String(),
      url: Nullable(Type.String()),
      text: Type.String(),
      seenAt: Instant,
    }),
    { description: 'one each of some who posted it, the earliest first' },
  ),
});
export type RumourItem = Static<typeof RumourItem>;

const RumourPage = Type.Object({ items: Type.Array(RumourItem), next: Nullable(Type.String()) });
export type RumourPage = Static<typeof RumourPage>;

const RumourQuery = listQuery(['rumourState', 'platform'], {
  sorts: ['growth', 'lastSeenAt'],
  defaultSort: '-growth',
  maxLimit: 100,
});
const RumourPath = Type.Object({ rumourId: PathId('the rumour') });
const Change = Type.Object(
  { state: Type.Enum(['dismissed', 'unverified'], { description: 'that it is no rumour, or that this was wrong' }) },
  { additionalProperties: false },
);
const Decided = Type.Object({ rumourId: Type.String(), state: Type.Enum(['dismissed', 'unverified']) });
const Claimed = Type.Object({ claimId: Type.String() });

const UNKNOWN = 'there is no such rumour that is still unverified';

/** Texts that several people post alike, before anybody has checked them. */
export async function rumourRoutes(app: FastifyInstance, { db, desk }: { db: Database; desk: Desk }): Promise<void> {
  const routes = app.withTypeProvider<SchemaTypes>();
  routes.get(
    '/v1/rumours',
    {
      config: { permission: 'read' },
      schema: {
        ...{ operationId: 'listRumours', tags: ['rumours'], summary: 'Rumours, those that grow most first' },
        querystring: RumourQuery,
        response: { 200: RumourPage },
      },
    },
    async ({ query }, reply) => {
      const { rumourState, platform } = query;
      const rows = await listRumours(db, { rumourState, platform }, pageOf(query, rumourList));
      reply.header('cache-control', 'no-store');
      const now = Date.now();
      return answerOf(rows, query, (rumour) => rumourItem(rumour, now));
    },
  );
  routes.patch(
    '/v1/rumours/:rumourId',
    {
      config: { permission: 'decide', problems: [404] },
      schema: {
        ...{ operationId: 'decideRumour', tags: ['rumours'], summary: 'Say that it is no rumour, or take that back' },
        ...{ params: RumourPath, body: Change, response: { 200: Decided } },
      },
    },
    async ({ params: { rumourId }, body: { state }, visitor }, reply) => {
      const done = await db.transaction((tx) => decideRumour(tx, { rumourId, state, by: nameOf(visitor) }));
      if (!done) throw new RequestError(404, UNKNOWN);
      reply.header('cache-control', 'no-store');
      return { rumourId, state };
    },
  );
  routes.post(
    '/v1/rumours/:rumourId/claim',
    {
      config: { permission: 'decide', problems: [404, 409] },
      schema: {
        ...{ operationId: 'debunkRumour', tags: ['rumours'], summary: 'Make a known hoax of it' },
        description: 'Its posts, earlier ones too, are flagged as far as they match what the claim says.',
        ...{ params: RumourPath, body: DeskClaim, response: { 200: Claimed } },
      },
    },
    async ({ params: { rumourId }, body, visitor }, reply) => {
      reply.header('cache-control', 'no-store');
      return db.transaction(async (tx) => {
        const { claimId } = await recordDeskClaim(tx, body, `#/rising/${rumourId}`, desk);
        const decided = { rumourId, state: 'unverified' as const, by: nameOf(visitor), claimId };
        if (!(await decideRumour(tx, decided))) throw new RequestError(404, UNKNOWN);
        return { claimId };
      });
    },
  );
}

function rumourItem({ heat, hours, platforms, ...rumour }: ListedRumour, now: number): RumourItem {
  const { firstSeenAt, lastSeenAt, examples } = rumour;
  return {
    ...rumour,
    growth: Math.round(10 * rumourGrowth(heat, now)) / 10,
    timeline: Object.entries(hours)
      .map(([at, posts]) => ({ at, posts }))
      .sort((a, b) => (a.at < b.at ? -1 : 1)),
    platforms: Object.entries(platforms)
      .map(([platform, posts]) => ({ platform, posts }))
      .sort((a, b) => b.posts - a.posts),
    firstSeenAt: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    examples: examples.map(({ seenAt, ...example }) => ({ ...example, seenAt: new Date(seenAt).toISOString() })),
  };
}
