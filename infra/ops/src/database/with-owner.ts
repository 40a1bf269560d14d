import { openDatabase, type Database } from '@siaga/storage';

/** Lets a command work on the database as the owner of its tables. */
export async function withOwner<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openDatabase(url, { applicationName: 'siaga-database', poolSize: 1 });
  return work(db).finally(() => db.close());
}
