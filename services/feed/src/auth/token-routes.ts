import { createToken, listTokens, revokeToken, type Account, type ApiToken, type Database } from '@siaga/storage';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { NO_CONTENT } from '../api-document/answers.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';
import { tokenPermissions, type Permission } from './permissions.js';
import { nameOf } from './visitor.js';
import { Name, Nullable, PathId } from '../fields.js';

const Scope = Type.Array(Type.Unsafe<Permission>({ type: 'string', enum: tokenPermissions }), {
  uniqueItems: true,
  minItems: 1,
  description: 'what it may of what its account may',
});
const TokenItem = Type.Object({
  tokenId: Type.String(),
  name: Type.String(),
  permissions: Nullable(Type.Array(Type.String(), { description: 'null: all that its account may' })),
  createdAt: Type.String(),
  expiresAt: Type.String(),
  lastUsedAt: Nullable(Type.String()),
  revokedAt: Nullable(Type.String()),
});
export type TokenItem = Static<typeof TokenItem>;

const TokenList = Type.Object({ items: Type.Array(TokenItem) });
const NewToken = Type.Object({ token: TokenItem, secret: Type.String({ description: 'shown this once' }) });
export type NewToken = Static<typeof NewToken>;

const tagged = (operationId: string, summary: string) => ({ operationId, summary, tags: ['account'] });

const DAYS_MAX = 366;
const DAY_MS = 86_400_000;

const Body = Type.Object(
  {
    name: Name(100),
    permissions: Type.Optional(Scope),
    days: Type.Integer({ minimum: 1, maximum: DAYS_MAX, default: 90 }),
  },
  { additionalProperties: false },
);
const Params = Type.Object({ id: PathId('the token') });

/** A person's own tokens for programs. */
export async function tokenRoutes(app: FastifyInstance, { db }: { db: Database }): Promise<void> {
  const routes = app.withTypeProvider<SchemaTypes>();
  const config = { permission: 'own-account' } as const;
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));

  const list = { config, schema: { ...tagged('listTokens', 'Your tokens'), response: { 200: TokenList } } };
  routes.get('/v1/tokens', list, async ({ visitor }) => ({
    items: (await listTokens(db, visitor.account as Account)).map(tokenItem),
  }));

  routes.post(
    '/v1/tokens',
    { config, schema: { ...tagged('createToken', 'A new token'), body: Body, response: { 201: NewToken } } },
    async ({ visitor, body }, reply) => {
      const { name, permissions = null, days } = body;
      const beyond = permissions?.find((permission) => !visitor.permissions.has(permission));
      if (beyond !== undefined) throw new RequestError(403, `you may not "${beyond}" yourself`);
      const { token, secret } = await createToken(db, visitor.account as Account, {
        ...{ name, permissions, lifeMs: days * DAY_MS, by: nameOf(visitor) },
      });
      return reply.code(201).send({ token: tokenItem(token), secret });
    },
  );

  const revoke = {
    config,
    schema: { ...tagged('revokeToken', 'Revoke a token'), params: Params, response: { 204: NO_CONTENT } },
  };
  routes.delete('/v1/tokens/:id', revoke, async ({ visitor, params }, reply) => {
    const revoked = await revokeToken(db, visitor.account as Account, params.id, nameOf(visitor));
    if (!revoked) throw new RequestError(404, `you have no token ${params.id} that could be revoked`);
    return reply.code(204).send(null);
  });
}

const tokenItem = ({ permissions, createdAt, expiresAt, lastUsedAt, revokedAt, ...token }: ApiToken): TokenItem => ({
  ...token,
  permissions: permissions && [...permissions],
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
});
