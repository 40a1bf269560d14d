import { createHash, randomUUID } from 'node:crypto';
import { ACCOUNT_COLUMNS, logAccount, type Account, type Rank } from './accounts.js';
import type { Database, Queryable } from './database.js';

/** Somebody as an identity provider knows them. */
export interface Identity {
  readonly issuer: string;
  /** Of the issuer, for ever the same person. */
  readonly subject: string;
  /** What the account is called when it is new, where nobody else is called that. */
  readonly name: string;
  /** What the provider says that they are now. */
  readonly rank: Rank;
}

/**
 * The account of an identity, made when it is new and given the role that the provider says. An account that was there
 * before is never taken for one of the same name: names are the provider's to give, and decisions are filed under them.
 *
 * @returns undefined when the account is disabled
 */
export function accountOfIdentity(db: Database, identity: Identity): Promise<Account | undefined> {
  return db.transaction(async (tx) => {
    const { issuer, subject, rank } = identity;
    // Two first sign-ins of one person at once would make two accounts.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${issuer} ${subject}`]);
    const [known] = await tx.query<Account>(
      `select ${ACCOUNT_COLUMNS} from identities i join accounts a using (account_id)
        where i.issuer = $1 and i.subject = $2 for update of a`,
      [issuer, subject],
    );
    if (!known) return addIdentity(tx, identity);
    if (known.disabledAt !== null) return undefined;
    if (known.role === rank.role && known.platform === rank.platform) return known;
    await tx.query('update accounts set role = $2, platform = $3 where account_id = $1', [
      ...[known.accountId, rank.role, rank.platform],
    ]);
    await logAccount(tx, 'role-changed', known, { by: issuer, from: known.role, ...rank });
    return { ...known, ...rank };
  });
}

async function addIdentity(tx: Queryable, { issuer, subject, name, rank }: Identity): Promise<Account> {
  const subjectSha256 = createHash('sha256').update(`${issuer} ${subject}`).digest('hex');
  for (const free of [name, `${name} (${subjectSha256.slice(0, 8)})`, `${name} (${randomUUID()})`]) {
    const [added] = await tx.query<Account>(
      `insert into accounts as a (account_id, name, role, platform) values ($1, $2, $3, $4)
       on conflict do nothing returning ${ACCOUNT_COLUMNS}`,
      [randomUUID(), free, rank.role, rank.platform],
    );
    if (!added) continue;
    await tx.query('insert into identities (issuer, subject, account_id) values ($1, $2, $3)', [
      ...[issuer, subject, added.accountId],
    ]);
    await logAccount(tx, 'account-added', added, { by: issuer, subjectSha256, ...rank });
    return added;
  }
  throw new Error('no free name for an account');
}
