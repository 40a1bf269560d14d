import { randomUUID } from 'node:crypto';
import { logAccount, type Account } from './accounts.js';
import type { Database, Queryable } from './database.js';
import { newSecret, sha256 } from './secret.js';

/** So that scanners find an address that was pasted somewhere. */
export const FEED_TOKEN_PREFIX = 'siagafeed_';

/** A query as it is kept: what stands in `query` is the API's to understand. */
export interface SavedQuery {
  readonly queryId: string;
  readonly accountId: string;
  /** Whose it is, by name. */
  readonly owner: string;
  readonly name: string;
  readonly shared: boolean;
  readonly query: object;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Since when there is an address for feed readers, and its last use. */
  readonly feedMadeAt: Date | null;
  readonly feedReadAt: Date | null;
}

/** A use is written down at most this often. */
const READ_EVERY_SECONDS = 60;
const MOST_PER_ACCOUNT = 200;

const COLUMNS = `q.query_id as "queryId", q.account_id as "accountId", a.name as owner, q.name, q.shared, q.query,
  q.created_at as "createdAt", q.updated_at as "updatedAt", q.feed_made_at as "feedMadeAt", q.feed_read_at as "feedReadAt"`;
const FROM = 'from saved_queries q join accounts a using (account_id)';
const VISIBLE = '(q.shared or q.account_id = $1::uuid)';

/** The reader's own and those that are shared; of nobody in particular, only these. */
export function listQueries(db: Queryable, reader: string | null): Promise<SavedQuery[]> {
  return db.query<SavedQuery>(`select ${COLUMNS} ${FROM} where ${VISIBLE} order by lower(q.name), q.query_id`, [
    reader,
  ]);
}

/** @returns undefined when there is none that the reader may see */
export async function findQuery(
  db: Queryable,
  reader: string | null,
  queryId: string,
): Promise<SavedQuery | undefined> {
  const [found] = await db.query<SavedQuery>(`select ${COLUMNS} ${FROM} where ${VISIBLE} and q.query_id = $2`, [
    reader,
    queryId,
  ]);
  return found;
}

/** @returns undefined when the account has as many as it may have */
export async function saveQuery(
  db: Database,
  account: Account,
  { name, shared, query }: Pick<SavedQuery, 'name' | 'shared' | 'query'>,
): Promise<SavedQuery | undefined> {
  const queryId = randomUUID();
  return db.transaction(async (tx) => {
    // Two at once would both find room for one more.
    await tx.query('select from accounts where account_id = $1 for update', [account.accountId]);
    const saved = await tx.query(
      `insert into saved_queries (query_id, account_id, name, shared, query)
       select $1, $2, $3, $4, $5 where (select count(*) from saved_queries where account_id = $2) < ${MOST_PER_ACCOUNT}
       returning 1`,
      [queryId, account.accountId, name, shared, JSON.stringify(query)],
    );
    return saved.length === 0 ? undefined : findQuery(tx, account.accountId, queryId);
  });
}

/** Changes what is given of an account's own query. */
export async function changeQuery(
  db: Queryable,
  { queryId, accountId }: SavedQuery,
  { name, shared, query }: Partial<Pick<SavedQuery, 'name' | 'shared' | 'query'>>,
): Promise<SavedQuery | undefined> {
  await db.query(
    `update saved_queries set name = coalesce($2, name), shared = coalesce($3, shared), query = coalesce($4, query),
            updated_at = now() where query_id = $1`,
    [queryId, name ?? null, shared ?? null, query ? JSON.stringify(query) : null],
  );
  return findQuery(db, accountId, queryId);
}

/** With all its subscriptions and its address. */
export async function deleteQuery(db: Queryable, { queryId }: SavedQuery): Promise<void> {
  await db.query('delete from saved_queries where query_id = $1', [queryId]);
}

/**
 * Makes the query's address for feed readers; one that it had is no longer good.
 *
 * @returns its secret, which is not kept anywhere
 */
export function makeFeedToken(db: Database, account: Account, { queryId }: SavedQuery): Promise<string> {
  return db.transaction(async (tx) => {
    const secret = newSecret(FEED_TOKEN_PREFIX);
    await tx.query(
      `update saved_queries set feed_secret_sha256 = $2, feed_made_at = now(), feed_read_at = null where query_id = $1`,
      [queryId, sha256(secret)],
    );
    await logAccount(tx, 'feed-address-made', account, { queryId });
    return secret;
  });
}

/** @returns false when it had none */
export function revokeFeedToken(db: Database, account: Account, { queryId }: SavedQuery): Promise<boolean> {
  return db.transaction(async (tx) => {
    const revoked = await tx.query(
      `update saved_queries set feed_secret_sha256 = null, feed_made_at = null, feed_read_at = null
        where query_id = $1 and feed_secret_sha256 is not null returning 1`,
      [queryId],
    );
    if (revoked.length === 0) return false;
    await logAccount(tx, 'feed-address-revoked', account, { queryId });
    return true;
  });
}

/** @returns the query that the secret of an address reads, undefined when it is none or its owner may read no more */
export async function useFeedToken(db: Queryable, secret: string): Promise<SavedQuery | undefined> {
  const [row] = await db.query<SavedQuery & { noted: boolean }>(
    `select ${COLUMNS}, coalesce(q.feed_read_at > now() - make_interval(secs => ${READ_EVERY_SECONDS}), false) as noted
       ${FROM} where q.feed_secret_sha256 = $1 and a.disabled_at is null and a.role <> 'platform'`,
    [sha256(secret)],
  );
  if (!row) return undefined;
  const { noted, ...query } = row;
  if (!noted) await db.query('update saved_queries set feed_read_at = now() where query_id = $1', [query.queryId]);
  return query;
}
