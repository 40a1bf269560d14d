import { ACCOUNT_COLUMNS, logAccount, type Account } from './accounts.js';
import type { Database } from './database.js';
import { newSecret, sha256 } from './secret.js';

/**
 * A secret that signs in to the account once; an earlier one of the account that was not used is no longer good.
 *
 * @param by who asks for it, for the evidence
 */
export function makeSignInLink(
  db: Database,
  account: Account,
  { lifeMs, by }: { readonly lifeMs: number; readonly by: string },
): Promise<string> {
  return db.transaction(async (tx) => {
    const secret = newSecret();
    await tx.query('delete from sign_in_links where account_id = $1 or expires_at < now()', [account.accountId]);
    await tx.query(
      `insert into sign_in_links (secret_sha256, account_id, expires_at)
       values ($1, $2, now() + make_interval(secs => $3::double precision / 1000))`,
      [sha256(secret), account.accountId, lifeMs],
    );
    await logAccount(tx, 'sign-in-link-made', account, { by });
    return secret;
  });
}

/** @returns whose link it was, undefined when it is unknown, used, expired, or of a disabled account */
export async function useSignInLink(db: Database, secret: string): Promise<Account | undefined> {
  const [account] = await db.query<Account>(
    `with used as (delete from sign_in_links where secret_sha256 = $1 returning account_id, expires_at)
     select ${ACCOUNT_COLUMNS} from used join accounts a using (account_id)
      where used.expires_at > now() and a.disabled_at is null`,
    [sha256(secret)],
  );
  return account;
}
