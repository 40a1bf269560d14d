import type { FastifyInstance } from 'fastify';
import { listFlags, type FlagFilters, type Queryable } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { cursorAfter, seqOfCursor } from '../cursor.js';
import { FlagItem, flagItem } from '../flag-item.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';

const WORDS_MAX = 8;

const FlagQuery = Type.Object(
  {
    category: Type.Optional(Type.Union([Type.Literal('hoax'), Type.Literal('hate'), Type.Literal('bullying')])),
    platform: Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,62}$' })),
    campaign: Type.Optional(Type.String({ format: 'uuid' })),
    audit: Type.Boolean({ default: false, description: 'posts picked for the audit instead of alerts' }),
    minScore: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    // PostgreSQL's text cannot hold U+0000.
    q: Type.Optional(Type.String({ maxLength: 200, pattern: '^[^\\u0000]*$', description: 'words of the text' })),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    cursor: Type.Optional(Type.String({ maxLength: 100, description: 'next of the page before' })),
    before: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'a seq' })),
  },
  { additionalProperties: false },
);

const FlagPage = Type.Object({ items: Type.Array(FlagItem), next: Type.Union([Type.String(), Type.Null()]) });

export async function flagRoutes(app: FastifyInstance, { db }: { db: Queryable }): Promise<void> {
  app
    .withTypeProvider<SchemaTypes>()
    .get('/v1/flags', { schema: { querystring: FlagQuery, response: { 200: FlagPage } } }, async ({ query }, reply) => {
      const before = positionOf(query);
      // One more than asked for tells whether there is a next page.
      const flags = await listFlags(db, filtersOf(query), {
        limit: query.limit + 1,
        ...(before === undefined ? {} : { before }),
      });
      const items = flags.slice(0, query.limit).map(flagItem);
      const last = items.at(-1);
      reply.header('cache-control', 'no-store');
      return { items, next: last && flags.length > items.length ? cursorAfter(last.seq) : null };
    });
}

type FlagQuery = Static<typeof FlagQuery>;

function positionOf({ cursor, before }: FlagQuery): number | undefined {
  if (cursor === undefined) return before;
  if (before !== undefined) throw new RequestError(400, 'take either cursor or before, not both');
  return seqOfCursor(cursor);
}

function filtersOf({ category, platform, campaign, audit, minScore, q }: FlagQuery): FlagFilters {
  const words = q?.trim().split(/\s+/u).filter(Boolean).slice(0, WORDS_MAX);
  return {
    audited: audit,
    ...(category === undefined ? {} : { category }),
    ...(platform === undefined ? {} : { platform }),
    ...(campaign === undefined ? {} : { campaignId: campaign }),
    ...(minScore === undefined ? {} : { minScore }),
    ...(words?.length ? { words } : {}),
  };
}
