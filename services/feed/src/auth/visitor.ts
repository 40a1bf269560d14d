import { useSession, useToken, TOKEN_PREFIX, type Account, type Credential, type Database } from '@siaga/storage';
import type { FastifyRequest } from 'fastify';
import type { AccessOptions } from './access.js';
import { sessionCookieOf } from './session-cookie.js';
import { isOwnHost } from './same-origin.js';
import { anonymousPermissions, permissionsOf, tokenPermissions, type Permission } from './permissions.js';

/** Who asks, and what they may. */
export interface Visitor {
  readonly account: Account | null;
  readonly permissions: ReadonlySet<Permission>;
  /** By what they were let in; null of who is nobody. */
  readonly credential: Credential | null;
  /** Whether the browser sends the credentials by itself, also for another site's page. */
  readonly ambient: boolean;
}

/** By which decisions are filed. */
export function nameOf({ account }: Visitor): string {
  if (!account) throw new Error('a route that asks for a name must not be open to nobody');
  return account.name;
}

const BEARER = /^bearer +(\S+)$/i;
/** Ours have fewer; what is longer is not worth hashing. */
const SECRET_MAX = 200;

const nobody = (permissions: ReadonlySet<Permission> = new Set()): Visitor => ({
  account: null,
  permissions,
  credential: null,
  ambient: false,
});

/**
 * Whoever comes with a token is its account, within the token's scope; else who comes with a session is its account; else
 * it is nobody, who may read where a setting says so. A token that is no good makes nobody of who has it, and never the
 * anonymous reader: a program whose token has expired should hear of it.
 */
export async function visitorOf(request: FastifyRequest, db: Database, access: AccessOptions): Promise<Visitor> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const secret = BEARER.exec(authorization)?.[1];
    if (!secret?.startsWith(TOKEN_PREFIX) || secret.length > SECRET_MAX) return nobody();
    const token = await useToken(db, secret);
    if (!token) return nobody();
    const { permissions: scope, tokenId: id, ...account } = token;
    const granted = [...permissionsOf(account.role)].filter(
      (name) => tokenPermissions.includes(name) && (scope === null || scope.includes(name)),
    );
    return { account, permissions: new Set(granted), credential: { kind: 'token', id }, ambient: false };
  }
  const cookie = sessionCookieOf(request, access);
  if (cookie !== undefined && cookie.length <= SECRET_MAX) {
    const session = await useSession(db, cookie, access.session);
    if (session) {
      const { sessionId: id, ...account } = session;
      return { account, permissions: permissionsOf(account.role), credential: { kind: 'session', id }, ambient: true };
    }
  }
  const reads = access.anonymous === 'viewer' && isOwnHost(request, access);
  return nobody(reads ? anonymousPermissions : undefined);
}
