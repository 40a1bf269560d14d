import { runCommand } from '@siaga/runtime';
import { databaseUrlIn, withDatabase as workOnDatabase, type Database } from '@siaga/storage';

/** Where things are, from the environment. */
export interface Surroundings {
  readonly databaseUrl?: string | undefined;
  readonly policyFile?: string | undefined;
  readonly secretsFile?: string | undefined;
  readonly print: (text: string) => void;
}

/** Runs a command of the terminal in its surroundings; see runCommand of libs/runtime. */
export const runHere = (run: (args: readonly string[], surroundings: Surroundings) => Promise<number>): Promise<void> =>
  runCommand(() =>
    run(process.argv.slice(2), {
      databaseUrl: databaseUrlIn(process.env),
      policyFile: process.env.SIAGA_POLICY_FILE,
      secretsFile: process.env.SIAGA_SECRETS_FILE,
      print: (text) => console.log(text),
    }),
  );

export const withDatabase = <T>({ databaseUrl }: Surroundings, work: (db: Database) => Promise<T>): Promise<T> =>
  workOnDatabase(databaseUrl, 'siaga-notify-cli', work);
