import type { Role } from './accounts.js';
import type { Queryable } from './database.js';
import type { SessionLimits } from './sessions.js';

/** By what somebody was let in. Ids are unique over both kinds. */
export interface Credential {
  readonly kind: 'session' | 'token';
  readonly id: string;
}

/** What a credential that still holds is good for. */
export interface AliveCredential {
  readonly id: string;
  readonly role: Role;
  /** Of a token, what it may of what its role may; null is all of it. */
  readonly scope: readonly string[] | null;
}

/** Those of sessions and tokens that have not ended, expired, been revoked, or lost their account. */
export function aliveCredentials(
  db: Queryable,
  ids: readonly string[],
  { idleMs }: Pick<SessionLimits, 'idleMs'>,
): Promise<AliveCredential[]> {
  return db.query<AliveCredential>(
    `select s.session_id as id, a.role, null::text[] as scope
       from sessions s join accounts a using (account_id)
      where s.session_id = any($1::uuid[]) and s.expires_at > now() and a.disabled_at is null
        and s.last_seen_at > now() - make_interval(secs => $2::double precision / 1000)
     union all
     select t.token_id, a.role, t.permissions from api_tokens t join accounts a using (account_id)
      where t.token_id = any($1::uuid[]) and t.expires_at > now() and t.revoked_at is null and a.disabled_at is null`,
    [ids, idleMs],
  );
}
