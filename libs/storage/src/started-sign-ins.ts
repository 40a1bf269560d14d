import type { Queryable } from './database.js';
import { newSecret, sha256 } from './secret.js';

/** What must fit when somebody comes back from the identity provider. */
export interface StartedSignIn {
  readonly nonce: string;
  readonly codeVerifier: string;
  /** Where they were when they left. */
  readonly returnTo: string;
}

/** @returns the secret that brings them back, which is not kept anywhere */
export async function startSignIn(
  db: Queryable,
  { nonce, codeVerifier, returnTo, lifeMs }: StartedSignIn & { readonly lifeMs: number },
): Promise<string> {
  const state = newSecret();
  await db.query('delete from started_sign_ins where expires_at < now()');
  await db.query(
    `insert into started_sign_ins (state_sha256, nonce, code_verifier, return_to, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(secs => $5::double precision / 1000))`,
    [sha256(state), nonce, codeVerifier, returnTo, lifeMs],
  );
  return state;
}

/** @returns what was started with the state, once; undefined when it is unknown, used or expired */
export async function takeStartedSignIn(db: Queryable, state: string): Promise<StartedSignIn | undefined> {
  const [row] = await db.query<StartedSignIn & { expired: boolean }>(
    `delete from started_sign_ins where state_sha256 = $1
     returning nonce, code_verifier as "codeVerifier", return_to as "returnTo", expires_at <= now() as expired`,
    [sha256(state)],
  );
  if (!row || row.expired) return undefined;
  const { nonce, codeVerifier, returnTo } = row;
  return { nonce, codeVerifier, returnTo };
}
