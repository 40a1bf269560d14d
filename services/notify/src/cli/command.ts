import { runCommand, UsageError } from '@siaga/runtime';
import { openDatabase, type Database } from '@siaga/storage';

/** Where things are, from the environment. */
export interface Surroundings {
  readonly databaseUrl?: string | undefined;
  readonly policyFile?: string | undefined;
  readonly print: (text: string) => void;
}

/** Runs a command of the terminal in its surroundings; see runCommand of libs/runtime. */
export const runHere = (run: (args: readonly string[], surroundings: Surroundings) => Promise<number>): Promise<void> =>
  runCommand(() =>
    run(process.argv.slice(2), {
      databaseUrl: process.env.SIAGA_DATABASE_URL,
      policyFile: process.env.SIAGA_POLICY_FILE,
      print: (text) => console.log(text),
    }),
  );

export async function withDatabase<T>({ databaseUrl }: Surroundings, work: (db: Database) => Promise<T>): Promise<T> {
  if (databaseUrl === undefined) {
    throw new UsageError('no fleet has run here: start one with npm start, or set SIAGA_DATABASE_URL');
  }
  const db = openDatabase(databaseUrl, { applicationName: 'siaga-notify-cli', poolSize: 1 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}
