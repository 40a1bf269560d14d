import { randomUUID } from 'node:crypto';
import { ACCOUNT_COLUMNS, logAccount, noteSeen, type Account } from './accounts.js';
import type { Database, Queryable } from './database.js';
import { newSecret, sha256 } from './secret.js';

/** So that scanners find a token that was committed or pasted somewhere. */
export const TOKEN_PREFIX = 'siaga_';

export interface ApiToken {
  readonly tokenId: string;
  readonly name: string;
  /** What it may of what its account may; null is all of it. */
  readonly permissions: readonly string[] | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A use is written down at most this often. */
const USED_EVERY_SECONDS = 60;

const COLUMNS = `token_id as "tokenId", name, permissions, created_at as "createdAt", expires_at as "expiresAt",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;

/** @returns the token as it is kept, and its secret, which is not kept anywhere */
export function createToken(
  db: Database,
  account: Account,
  token: {
    readonly name: string;
    readonly permissions: readonly string[] | null;
    readonly lifeMs: number;
    readonly by: string;
  },
): Promise<{ readonly token: ApiToken; readonly secret: string }> {
  return db.transaction(async (tx) => {
    const secret = newSecret(TOKEN_PREFIX);
    const { name, permissions, lifeMs, by } = token;
    const [created] = await tx.query<ApiToken>(
      `insert into api_tokens (token_id, secret_sha256, account_id, name, permissions, expires_at)
       values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6::double precision / 1000)) returning ${COLUMNS}`,
      [randomUUID(), sha256(secret), account.accountId, name, permissions, lifeMs],
    );
    const { tokenId } = created as ApiToken;
    await logAccount(tx, 'token-created', account, { tokenId, permissions, by });
    return { token: created as ApiToken, secret };
  });
}

/** @returns whose token it is and what it may, undefined when it is none, expired, revoked, or of a disabled account */
export async function useToken(
  db: Queryable,
  secret: string,
): Promise<(Account & Pick<ApiToken, 'tokenId' | 'permissions'>) | undefined> {
  const [row] = await db.query<Account & Pick<ApiToken, 'tokenId' | 'permissions'> & { noted: boolean }>(
    `select ${ACCOUNT_COLUMNS}, t.token_id as "tokenId", t.permissions,
            coalesce(t.last_used_at > now() - make_interval(secs => ${USED_EVERY_SECONDS}), false) as noted
       from api_tokens t join accounts a using (account_id)
      where t.secret_sha256 = $1 and t.expires_at > now() and t.revoked_at is null and a.disabled_at is null`,
    [sha256(secret)],
  );
  if (!row) return undefined;
  const { noted, ...token } = row;
  if (!noted) {
    await db.query(noteSeen('update api_tokens set last_used_at = now() where token_id = $1'), [token.tokenId]);
  }
  return token;
}

/** Newest first, with those that can no longer be used. */
export function listTokens(db: Queryable, { accountId }: Account): Promise<ApiToken[]> {
  return db.query<ApiToken>(`select ${COLUMNS} from api_tokens where account_id = $1 order by created_at desc`, [
    accountId,
  ]);
}

/** @returns false when the account has no such token, or it is revoked already */
export function revokeToken(db: Database, account: Account, tokenId: string, by: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const revoked = await tx.query(
      `update api_tokens set revoked_at = now()
        where account_id = $1 and token_id = $2 and revoked_at is null returning 1`,
      [account.accountId, tokenId],
    );
    if (revoked.length === 0) return false;
    await logAccount(tx, 'token-revoked', account, { tokenId, by });
    return true;
  });
}
