import { endSession, listSessions, openSession, useSignInLink, type Account, type Database } from '@siaga/storage';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { NO_CONTENT } from '../api-document/answers.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';
import type { AccessOptions } from './access.js';
import { permissionNames, permissionsOf, type Permission } from './permissions.js';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';
import { Nullable, PathId } from '../fields.js';

const SessionInfo = Type.Object({
  account: Nullable(Type.Object({ name: Type.String(), role: Type.String(), platform: Nullable(Type.String()) })),
  permissions: Type.Array(Type.Unsafe<Permission>({ type: 'string', enum: permissionNames })),
  identityProvider: Nullable(Type.String({ description: 'the name of who signs people in at /v1/sign-in/oidc' })),
});
const SignedOut = Type.Object(
  { continueAt: Type.String({ description: 'where the browser goes to sign out there too' }) },
  { description: 'Signed out here, and not yet at the identity provider that let them in.' },
);
/** Who the console's reader is, and what they may. */
export type SessionInfo = Static<typeof SessionInfo>;

const SessionItem = Type.Object({
  sessionId: Type.String(),
  userAgent: Nullable(Type.String({ description: 'what the browser calls itself' })),
  createdAt: Type.String(),
  lastSeenAt: Type.String(),
  expiresAt: Type.String(),
  current: Type.Boolean(),
});
export type SessionItem = Static<typeof SessionItem>;
const SessionList = Type.Object({ items: Type.Array(SessionItem) });

const Link = Type.Object({ link: Type.String({ pattern: '^[\\w-]{1,200}$' }) }, { additionalProperties: false });
const Params = Type.Object({ id: PathId('the session') });

const tagged = (operationId: string, summary: string) => ({ operationId, summary, tags: ['account'] });

const SIGN_INS_A_MINUTE = 10;

/** Of an identity provider, what signing out needs. */
export interface SignOutAt {
  readonly label: string;
  readonly issuer: string;
  readonly signOutUrl: () => Promise<URL | undefined>;
}

/** Signing in by a link that the terminal has printed, who is signed in, and signing out. */
export async function sessionRoutes(
  app: FastifyInstance,
  { db, access, identity }: { db: Database; access: AccessOptions; identity?: SignOutAt | undefined },
): Promise<void> {
  const sessionInfo = (account: Account | null, permissions: ReadonlySet<Permission>): SessionInfo => ({
    account: account && { name: account.name, role: account.role, platform: account.platform },
    permissions: [...permissions],
    identityProvider: identity?.label ?? null,
  });
  const routes = app.withTypeProvider<SchemaTypes>();
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));

  routes.get(
    '/v1/session',
    {
      config: { permission: 'public' },
      schema: { ...tagged('getSession', 'Who you are, and what you may'), response: { 200: SessionInfo } },
    },
    async ({ visitor }) => sessionInfo(visitor.account, visitor.permissions),
  );

  routes.post(
    '/v1/session',
    {
      config: {
        permission: 'public',
        problems: [401],
        rateLimit: { max: SIGN_INS_A_MINUTE, keyGenerator: ({ ip }) => ip },
      },
      schema: { ...tagged('signIn', 'Sign in by a link'), body: Link, response: { 200: SessionInfo } },
    },
    async ({ body, headers }, reply) => {
      const account = await useSignInLink(db, body.link);
      if (!account)
        throw new RequestError(401, 'the link has been used, or has expired: npm run accounts -- link NAME');
      const how = { how: 'link', userAgent: headers['user-agent'], lifeMs: access.session.lifeMs };
      setSessionCookie(reply, await openSession(db, account, how), access);
      return sessionInfo(account, permissionsOf(account.role));
    },
  );

  const signOut = {
    config: { permission: 'public' as const },
    schema: { ...tagged('signOut', 'Sign out'), response: { 200: SignedOut, 204: NO_CONTENT } },
  };
  routes.delete('/v1/session', signOut, async ({ visitor: { account, credential } }, reply) => {
    const isSession = account !== null && credential?.kind === 'session';
    const ended = isSession ? await endSession(db, account, credential.id) : undefined;
    clearSessionCookie(reply, access);
    // Who signed in there is signed in there still, and the next click would let them in again.
    const elsewhere = identity && ended?.issuer === identity.issuer ? await identity.signOutUrl() : undefined;
    return elsewhere ? { continueAt: elsewhere.href } : reply.code(204).send(null);
  });

  routes.get(
    '/v1/sessions',
    {
      config: { permission: 'own-account' },
      schema: { ...tagged('listSessions', 'Where you are signed in'), response: { 200: SessionList } },
    },
    async ({ visitor }) => {
      const sessions = await listSessions(db, visitor.account as Account, access.session);
      return {
        items: sessions.map(({ createdAt, lastSeenAt, expiresAt, ...session }) => ({
          ...session,
          ...{ createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() },
          ...{ expiresAt: expiresAt.toISOString(), current: session.sessionId === visitor.credential?.id },
        })),
      };
    },
  );

  routes.delete(
    '/v1/sessions/:id',
    {
      config: { permission: 'own-account' },
      schema: { ...tagged('endSession', 'Sign out elsewhere'), params: Params, response: { 204: NO_CONTENT } },
    },
    async ({ visitor, params }, reply) => {
      const ended = await endSession(db, visitor.account as Account, params.id);
      if (!ended) throw new RequestError(404, `you have no session ${params.id}`);
      return reply.code(204).send(null);
    },
  );
}
