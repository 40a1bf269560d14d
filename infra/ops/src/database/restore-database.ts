import { readFile } from 'node:fs/promises';
import { UsageError } from '@siaga/runtime';
import { grantRoles, migrate, switchSending, type Database } from '@siaga/storage';
import type { Terminal } from '../terminal.js';
import { majorOf, type BackupNote } from './dump-database.js';
import { goBackTo } from './kafka-position.js';
import { runPostgresTool } from './postgres-tool.js';
import { withOwner } from './with-owner.js';

/**
 * Puts a backup into a database, whole or not at all, brings it to this version's schema and roles, and lets notify read what came after it from
 * Kafka. Sending is stopped: of notices that left after the backup this database knows nothing, and they would leave again.
 *
 * @returns the exit code
 * @throws UsageError when services still work on the database, or the backup or its note is not there
 */
export async function restoreDatabase(url: string, file: string, { env, print }: Terminal): Promise<number> {
  const note = await readNote(`${file}.json`);
  const serverMajor = await withOwner(url, async (db) => {
    await refuseWhileInUse(db);
    return majorOf(db);
  });
  const args = ['--clean', '--if-exists', '--no-owner', '--no-privileges', '--single-transaction', '--exit-on-error'];
  const { pathname } = new URL(url);
  const into = `--dbname=${decodeURIComponent(pathname.slice(1))}`;
  await runPostgresTool('pg_restore', [...args, into, file], { url, serverMajor, env });
  await migrate(url, { log: print });
  await withOwner(url, async (db) => {
    await grantRoles(db);
    await switchSending(db, { stopped: true, by: 'restore', reason: `restored from the backup of ${note.takenAt}` });
  });
  await goBackTo(note.kafka, env);
  print(`restored as of ${note.takenAt}. Start the services: notify reads from Kafka what came after it.
Sending is stopped. Look at what platforms were sent since then (docs/postgres.md), then: npm run notices -- resume`);
  return 0;
}

async function readNote(file: string): Promise<BackupNote> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as BackupNote;
  } catch (error) {
    throw new UsageError(`${file}, which says where Kafka stood, cannot be read: ${(error as Error).message}`);
  }
}

async function refuseWhileInUse(db: Database): Promise<void> {
  const rows = await db.query<{ name: string }>(
    `select distinct application_name as name from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name like 'siaga-%'
        and application_name <> 'siaga-database' order by 1`,
  );
  if (rows.length > 0) {
    throw new UsageError(`stop the services first: ${rows.map(({ name }) => name).join(', ')} are at work on it`);
  }
}
