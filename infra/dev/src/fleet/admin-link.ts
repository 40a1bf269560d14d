import { addAccount, findAccount, makeSignInLink, openDatabase } from '@siaga/storage';

const ADMIN = 'admin';
const HOUR_MS = 3_600_000;
const LINK_LIFE_MS = 12 * HOUR_MS;

/**
 * The secret of a link that signs in once, as this fleet's administrator; the account is made at the first start.
 *
 * @returns undefined when somebody has shut that account out, or given it another role: then this is no way in
 */
export async function adminLink(databaseUrl: string): Promise<string | undefined> {
  const db = openDatabase(databaseUrl, { applicationName: 'siaga-dev', poolSize: 1 });
  try {
    const by = 'npm start';
    const account =
      (await findAccount(db, ADMIN)) ?? (await addAccount(db, { name: ADMIN, role: 'admin', platform: null }, by));
    if (!account || account.disabledAt !== null || account.role !== 'admin') return undefined;
    return await makeSignInLink(db, account, { lifeMs: LINK_LIFE_MS, by });
  } finally {
    await db.close();
  }
}
