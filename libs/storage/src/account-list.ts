import { ACCOUNT_COLUMNS, type Account, type Role } from './accounts.js';
import type { Queryable } from './database.js';
import { anyOf, listRows, type ListDefinition, type ListPage, type Page } from './list-query.js';

/** An account as those who manage it read it. */
export interface ListedAccount extends Account {
  /** By a session or a token, to the minute; null of one that has never been. */
  readonly lastSeenAt: Date | null;
}

export interface AccountFilters {
  readonly role?: readonly Role[] | undefined;
  readonly platform?: readonly string[] | undefined;
  /** A part of its name. */
  readonly name?: string | undefined;
}

export const accountList: ListDefinition<AccountFilters> = {
  from: 'accounts a',
  key: { column: 'a.name', type: 'text' },
  sorts: {
    name: null,
    lastSeenAt: { column: `coalesce(a.last_seen_at, 'epoch')`, type: 'time' },
  },
  conditions: {
    role: anyOf('a.role'),
    platform: anyOf('a.platform'),
    name: (part, bind) => `strpos(lower(a.name), lower(${bind(part)})) > 0`,
  },
};

const COLUMNS = `${ACCOUNT_COLUMNS}, a.last_seen_at as "lastSeenAt"`;

export function searchAccounts(db: Queryable, filters: AccountFilters, page: Page): Promise<ListPage<ListedAccount>> {
  return listRows(db, accountList, {
    ...{ filters, page },
    statement: (sql) => `select ${COLUMNS}, ${sql.place} from accounts a ${sql.page}`,
  });
}

export async function findListedAccount(db: Queryable, accountId: string): Promise<ListedAccount | undefined> {
  const [account] = await db.query<ListedAccount>(`select ${COLUMNS} from accounts a where account_id = $1`, [
    accountId,
  ]);
  return account;
}
