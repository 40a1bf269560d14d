import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCommandLine, UsageError } from '@siaga/runtime';
import { DATABASE_ROLES, databaseUrlIn, grantRoles, migrate } from '@siaga/storage';
import type { Terminal } from '../terminal.js';
import { dumpDatabase, noteBackup } from './dump-database.js';
import { restoreDatabase } from './restore-database.js';
import { withOwner } from './with-owner.js';

const HELP = `npm run database -- COMMAND [options]

  migrate             brings the schema up to date; safe while services run
  roles               makes the services' roles and gives each what it needs; after every migrate
                      --passwords DIR: a file with the password for each role, named after it
  dump FILE           a backup by pg_dump, and in FILE.json where Kafka stood
  note FILE           FILE.json alone, where another program makes the backup after that
  restore FILE        puts it into the database named, from which everything else goes: --yes does it.
                      Lets notify read again from Kafka what came after the backup, and stops all sending until a person has looked

  --help              this text

SIAGA_DATABASE_URL (and SIAGA_DATABASE_PASSWORD_FILE) says which database, as its owner. dump and restore also take SIAGA_KAFKA_BROKERS
and what goes with it, and SIAGA_PG_BIN, the folder of pg_dump and pg_restore where those on PATH are older than the server.`;

const OPTIONS = {
  passwords: { type: 'string' },
  yes: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * @returns the exit code
 * @throws UsageError for what the person at the terminal can mend
 */
export async function runDatabase(args: readonly string[], terminal: Terminal): Promise<number> {
  const { env, print } = terminal;
  const options = parseCommandLine(args, OPTIONS);
  const [command, file] = options.words;
  if (options.help || command === undefined) return (print(HELP), options.help ? 0 : 2);
  if (command === 'note') {
    const { takenAt } = await noteBackup(fileNamed(file, command), env);
    return (print(`${file}.json: where Kafka stood at ${takenAt}; a backup that begins now may be called ${file}`), 0);
  }
  const url = databaseUrlIn(env);
  if (url === undefined) throw new UsageError('no fleet has run here: set SIAGA_DATABASE_URL');
  switch (command) {
    case 'migrate': {
      const applied = await migrate(url, { log: print });
      return (print(applied.length === 0 ? 'the schema is up to date' : `applied ${applied.join(', ')}`), 0);
    }
    case 'roles': {
      const passwords = options.passwords === undefined ? {} : passwordsIn(options.passwords);
      await withOwner(url, (db) => grantRoles(db, passwords));
      return (print(`roles: ${DATABASE_ROLES.join(', ')}`), 0);
    }
    case 'dump':
      return dumpDatabase(url, fileNamed(file, command), terminal);
    case 'restore':
      if (!options.yes) throw new UsageError('restore removes what the database holds now: --yes does it');
      return restoreDatabase(url, fileNamed(file, command), terminal);
    default:
      throw new UsageError(`unknown command "${command}": migrate, roles, dump, note or restore`);
  }
}

function fileNamed(file: string | undefined, command: string): string {
  if (file === undefined) throw new UsageError(`${command} FILE: name the file of the backup`);
  return file;
}

/** A role without a file keeps the password that it has. */
function passwordsIn(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const role of DATABASE_ROLES) {
    try {
      found[role] = readFileSync(path.join(folder, role), 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') throw new UsageError(`the password of ${role} cannot be read: ${message}`);
    }
  }
  if (Object.keys(found).length === 0) throw new UsageError(`--passwords ${folder} has no file named after a role`);
  return found;
}
