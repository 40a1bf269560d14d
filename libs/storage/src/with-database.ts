import { UsageError } from '@siaga/runtime';
import { openDatabase, type Database } from './database.js';

/**
 * Lets a command of the terminal work on the database of the fleet.
 *
 * @param databaseUrl where no fleet has run on this machine, and no setting says where one does: undefined
 * @throws UsageError then
 */
export async function withDatabase<T>(
  databaseUrl: string | undefined,
  applicationName: string,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  if (databaseUrl === undefined) {
    throw new UsageError('no fleet has run here: start one with npm start, or set SIAGA_DATABASE_URL');
  }
  const db = openDatabase(databaseUrl, { applicationName, poolSize: 1 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}
