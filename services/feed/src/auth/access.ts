import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import type { Database, SessionLimits } from '@siaga/storage';
import type { FastifyInstance } from 'fastify';
import { RequestError } from '../problem.js';
import type { Settings } from '../settings.js';
import type { Permission } from './permissions.js';
import { refuseOtherSites } from './same-origin.js';
import { visitorOf, type Visitor } from './visitor.js';

declare module 'fastify' {
  interface FastifyRequest {
    visitor: Visitor;
  }
  interface FastifyContextConfig {
    /** What a visitor must be allowed for this route; `public` is open to all. A route that says nothing is open to nobody. */
    permission?: Permission | 'public';
  }
}

export interface AccessOptions {
  /** What people may who have not signed in. */
  readonly anonymous: 'nobody' | 'viewer';
  /** Where people reach the console, if that is not the address that it listens on. Over https, cookies are secure. */
  readonly publicUrl?: URL | undefined;
  readonly session: SessionLimits;
  /** Of one account, or of one address where nobody is signed in. */
  readonly requestsAMinute: number;
}

const HOUR_MS = 3_600_000;

/** A shift at the desk, and a lunch. */
export const DEFAULT_ACCESS: AccessOptions = {
  anonymous: 'nobody',
  session: { idleMs: 2 * HOUR_MS, lifeMs: 12 * HOUR_MS },
  requestsAMinute: 3_000,
};

export const accessOf = (settings: Settings): AccessOptions => ({
  ...DEFAULT_ACCESS,
  anonymous: settings.SIAGA_FEED_ANONYMOUS,
  publicUrl: settings.SIAGA_FEED_PUBLIC_URL === undefined ? undefined : new URL(settings.SIAGA_FEED_PUBLIC_URL),
  requestsAMinute: settings.SIAGA_FEED_REQUESTS_A_MINUTE,
});

const MINUTE_MS = 60_000;
const RATE_LIMIT_MESSAGE = 'too many requests, come back later';

/**
 * Says of each request who it comes from, and lets it pass when its route's permission is one of theirs. To be called on
 * the root and before the routes are registered.
 */
export async function controlAccess(app: FastifyInstance, db: Database, access: AccessOptions): Promise<void> {
  await app.register(cookie);
  app.decorateRequest('visitor', null as unknown as Visitor);
  app.addHook('onRequest', async (request) => {
    request.visitor = await visitorOf(request, db, access);
  });
  // Its hooks belong to the routes and so come after the one above. Who is refused below has been counted.
  await app.register(rateLimit, {
    max: access.requestsAMinute,
    timeWindow: MINUTE_MS,
    keyGenerator: ({ visitor, ip }) => visitor.account?.accountId ?? ip,
    errorResponseBuilder: () => new RequestError(429, RATE_LIMIT_MESSAGE),
  });
  app.addHook('preParsing', async (request, reply) => {
    const { visitor, routeOptions, is404 } = request;
    if (is404) return;
    refuseOtherSites(request, visitor, access);
    const { permission } = routeOptions.config;
    if (permission === 'public') return;
    if (permission !== undefined && visitor.permissions.has(permission)) return;
    if (visitor.account === null) {
      reply.header('www-authenticate', 'Bearer');
      throw new RequestError(401, 'sign in, or send a token that is still good: authorization: Bearer siaga_...');
    }
    const { name, role } = visitor.account;
    throw new RequestError(403, `${name} (${role}) may not do this${permission ? `: it takes "${permission}"` : ''}`);
  });
}
