import { randomUUID } from 'node:crypto';
import type { Database, Queryable } from './database.js';
import { appendEvidence, type EvidenceKind } from './evidence.js';

export const ROLES = ['viewer', 'analyst', 'lead', 'platform', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What an account may be: a platform's belongs to one platform, every other one to none. */
export interface Rank {
  readonly role: Role;
  readonly platform: string | null;
}

export interface Account extends Rank {
  readonly accountId: string;
  /** By which decisions and the evidence name it. */
  readonly name: string;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
}

export const ACCOUNT_COLUMNS = `a.account_id as "accountId", a.name, a.role, a.platform, a.created_at as "createdAt",
  a.disabled_at as "disabledAt"`;

export function listAccounts(db: Queryable): Promise<Account[]> {
  return db.query<Account>(`select ${ACCOUNT_COLUMNS} from accounts a order by name`);
}

export async function findAccount(db: Queryable, name: string): Promise<Account | undefined> {
  const [account] = await db.query<Account>(`select ${ACCOUNT_COLUMNS} from accounts a where name = $1`, [name]);
  return account;
}

/**
 * @param by who adds it, for the evidence
 * @returns undefined when there is an account of that name
 */
export function addAccount(
  db: Database,
  account: Rank & { readonly name: string },
  by: string,
): Promise<Account | undefined> {
  return db.transaction(async (tx) => {
    const { name, role, platform } = account;
    const [added] = await tx.query<Account>(
      `insert into accounts as a (account_id, name, role, platform) values ($1, $2, $3, $4)
       on conflict do nothing returning ${ACCOUNT_COLUMNS}`,
      [randomUUID(), name, role, platform],
    );
    if (added) await logAccount(tx, 'account-added', added, { by, role, platform });
    return added;
  });
}

/**
 * Gives an account another role.
 *
 * @returns false when it has that role already
 */
export function changeRole(db: Database, account: Account, { role, platform }: Rank, by: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const changed = await tx.query(
      `update accounts set role = $2, platform = $3
        where account_id = $1 and (role, platform) is distinct from ($2, $3) returning 1`,
      [account.accountId, role, platform],
    );
    if (changed.length === 0) return false;
    await logAccount(tx, 'role-changed', account, { by, from: account.role, role, platform });
    return true;
  });
}

/**
 * Shuts an account out at once, whatever sessions and tokens it has, or lets it in again.
 *
 * @returns false when it stood like that already
 */
export function disableAccount(db: Database, account: Account, disabled: boolean, by: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const changed = await tx.query(
      `update accounts set disabled_at = case when $2 then now() end
        where account_id = $1 and (disabled_at is not null) <> $2 returning 1`,
      [account.accountId, disabled],
    );
    if (changed.length === 0) return false;
    if (disabled) {
      await tx.query('delete from sessions where account_id = $1', [account.accountId]);
      await tx.query('delete from sign_in_links where account_id = $1', [account.accountId]);
      await tx.query('update api_tokens set revoked_at = now() where account_id = $1 and revoked_at is null', [
        account.accountId,
      ]);
    }
    await logAccount(tx, disabled ? 'account-disabled' : 'account-enabled', account, { by });
    return true;
  });
}

/** SQL that notes on an account that somebody has come as it. @param used a statement that returns the account's id */
export const noteSeen = (used: string): string =>
  `with used as (${used} returning account_id)
   update accounts set last_seen_at = now() from used where accounts.account_id = used.account_id`;

/** An event about an account, in the transaction that brings it about, as its last statement. */
export function logAccount(tx: Queryable, event: EvidenceKind, account: Account, body: object): Promise<void> {
  return appendEvidence(tx, [
    { event, subject: `account:${account.accountId}`, body: { name: account.name, ...body } },
  ]);
}
