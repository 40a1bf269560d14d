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

/** Who somebody is at an identity provider. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
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
 * @returns undefined when there is an account of that name or identity
 */
export function addAccount(
  db: Database,
  account: Rank & { readonly name: string; readonly identity?: Identity },
  by: string,
): Promise<Account | undefined> {
  return db.transaction(async (tx) => {
    const { name, role, platform, identity } = account;
    const [added] = await tx.query<Account>(
      `insert into accounts as a (account_id, name, role, platform, issuer, subject) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing returning ${ACCOUNT_COLUMNS}`,
      [randomUUID(), name, role, platform, identity?.issuer ?? null, identity?.subject ?? null],
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

/**
 * The account of somebody who signed in at an identity provider, made at their first time, with the role that they have
 * there now.
 *
 * @returns undefined when the account is disabled
 */
export async function accountOf(
  db: Database,
  identity: Identity,
  { name, ...rank }: Rank & { readonly name: string },
): Promise<Account | undefined> {
  const by = identity.issuer;
  // A name is no proof of who somebody is: whoever has it already keeps it.
  for (const candidate of [name, `${name} (${identity.subject})`, `${identity.issuer} (${identity.subject})`]) {
    const known = await findIdentity(db, identity);
    if (known) {
      if (known.disabledAt !== null) return undefined;
      await changeRole(db, known, rank, by);
      return { ...known, ...rank };
    }
    const added = await addAccount(db, { ...rank, name: candidate, identity }, by);
    if (added) return added;
  }
  throw new Error('other accounts have all the names that this one could have');
}

async function findIdentity(db: Queryable, { issuer, subject }: Identity): Promise<Account | undefined> {
  const [account] = await db.query<Account>(
    `select ${ACCOUNT_COLUMNS} from accounts a where issuer = $1 and subject = $2`,
    [issuer, subject],
  );
  return account;
}

/** An event about an account, in the transaction that brings it about, as its last statement. */
export function logAccount(tx: Queryable, event: EvidenceKind, account: Account, body: object): Promise<void> {
  return appendEvidence(tx, [
    { event, subject: `account:${account.accountId}`, body: { name: account.name, ...body } },
  ]);
}
