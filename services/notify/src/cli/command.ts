import { openDatabase, type Database } from '@siaga/storage';

/** What the person at the terminal can mend; shown without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Where things are, from the environment. */
export interface Surroundings {
  readonly databaseUrl?: string | undefined;
  readonly policyFile?: string | undefined;
  readonly print: (text: string) => void;
}

/** Runs a command of the terminal, and sets the exit code: 2 for what the person can mend, 1 for what may pass. */
export async function runCommand(
  run: (args: readonly string[], surroundings: Surroundings) => Promise<number>,
): Promise<void> {
  try {
    process.exitCode = await run(process.argv.slice(2), {
      databaseUrl: process.env.SIAGA_DATABASE_URL,
      policyFile: process.env.SIAGA_POLICY_FILE,
      print: (text) => console.log(text),
    });
  } catch (error) {
    const { name, message } = error as Error;
    if (!['UsageError', 'SettingsError', 'TransientError'].includes(name)) throw error;
    console.error(`siaga | ${message}`);
    process.exitCode = name === 'TransientError' ? 1 : 2;
  }
}

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
