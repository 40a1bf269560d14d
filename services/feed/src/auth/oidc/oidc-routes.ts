import type { Logger } from '@siaga/runtime';
import { accountOfIdentity, openSession, startSignIn, takeStartedSignIn, type Database } from '@siaga/storage';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { randomNonce, randomPKCECodeVerifier } from 'openid-client';
import Type from 'typebox';
import type { SchemaTypes } from '../../schema-types.js';
import type { AccessOptions } from '../access.js';
import { clearSignInCookie, setSessionCookie, setSignInCookie, signInCookieOf } from '../session-cookie.js';
import { CALLBACK, SignInRefused, type IdentityProvider, type Refusal } from './identity-provider.js';
import type { OidcOptions } from './oidc-settings.js';
import { nameOfClaims, rankOfClaims } from './rank-of-claims.js';
import { returnPath } from './return-path.js';

const Start = Type.Object(
  { return: Type.Optional(Type.String({ maxLength: 2_000, description: 'place of the console to go on at' })) },
  { additionalProperties: false },
);

/** How long somebody may take at the provider. */
const LIFE_MS = 10 * 60_000;
/** A desk's people share an address, and start their shift together. */
const SIGN_INS_A_MINUTE = 60;

/** Signing in at an identity provider: there with a secret of this browser, back with a code that only we can use. */
export async function oidcRoutes(
  app: FastifyInstance,
  deps: { db: Database; access: AccessOptions; oidc: OidcOptions; provider: IdentityProvider; log: Logger },
): Promise<void> {
  const { db, access, oidc, provider, log } = deps;
  const routes = app.withTypeProvider<SchemaTypes>();
  const config = {
    permission: 'public',
    rateLimit: { max: SIGN_INS_A_MINUTE, keyGenerator: ({ ip }: { ip: string }) => ip },
  } as const;
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));

  /** The console's sign-in page says why. */
  const refuse = (reply: FastifyReply, why: Refusal | 'stale' | 'role' | 'disabled', err?: unknown) => {
    log.warn({ why, ...(err !== undefined && { err }) }, 'nobody was let in by the identity provider');
    return reply.redirect(`/#/sign-in/${why}`, 303);
  };

  routes.get(
    '/v1/sign-in/oidc',
    { config, exposeHeadRoute: false, schema: { hide: true, querystring: Start } },
    async ({ query }, reply) => {
      const started = { nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
      try {
        const state = await startSignIn(db, { ...started, returnTo: returnPath(query.return), lifeMs: LIFE_MS });
        const { href } = await provider.signInUrl(state, started);
        setSignInCookie(reply, state, access, LIFE_MS);
        return reply.redirect(href, 303);
      } catch (error) {
        if (error instanceof SignInRefused) return refuse(reply, error.why, error.cause);
        throw error;
      }
    },
  );

  // What comes with it is the provider's to say, and more than we know of.
  routes.get(CALLBACK, { config, exposeHeadRoute: false, schema: { hide: true } }, async (request, reply) => {
    const state = signInCookieOf(request, access);
    clearSignInCookie(reply, access);
    const { state: given } = request.query as { state?: unknown };
    // Whoever comes back is the browser that left: else its owner would be signed in as somebody else.
    const started = state !== undefined && state === given ? await takeStartedSignIn(db, state) : undefined;
    if (state === undefined || !started) return refuse(reply, 'stale');
    try {
      const query = request.url.slice(request.url.indexOf('?'));
      const claims = await provider.claimsOf(query, { ...started, state });
      const rank = rankOfClaims(claims, oidc.claims);
      if (!rank) return refuse(reply, 'role');
      const identity = { issuer: oidc.issuer.href, subject: claims.sub };
      const account = await accountOfIdentity(db, { ...identity, name: nameOfClaims(claims, oidc.claims), rank });
      if (!account) return refuse(reply, 'disabled');
      const { issuer } = identity;
      const how = { how: 'oidc', issuer, userAgent: request.headers['user-agent'], lifeMs: access.session.lifeMs };
      setSessionCookie(reply, await openSession(db, account, how), access);
      return reply.redirect(started.returnTo, 303);
    } catch (error) {
      if (error instanceof SignInRefused) return refuse(reply, error.why, error.cause);
      throw error;
    }
  });
}
