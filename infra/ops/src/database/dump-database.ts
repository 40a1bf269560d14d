import { rename, writeFile } from 'node:fs/promises';
import type { Database } from '@siaga/storage';
import type { Terminal } from '../terminal.js';
import { kafkaPosition, type KafkaPosition } from './kafka-position.js';
import { runPostgresTool } from './postgres-tool.js';
import { withOwner } from './with-owner.js';

/** What lies beside a backup, as `FILE.json`. */
export interface BackupNote {
  readonly takenAt: string;
  readonly kafka: KafkaPosition;
}

/** Writes down where Kafka stands, for a backup that begins afterwards. */
export async function noteBackup(file: string, env: Terminal['env']): Promise<BackupNote> {
  const note: BackupNote = { takenAt: new Date().toISOString(), kafka: await kafkaPosition(env) };
  await writeFile(`${file}.json`, `${JSON.stringify(note, null, 2)}\n`);
  return note;
}

/**
 * One consistent backup, while the services work. The file appears under its name when it is whole.
 *
 * @returns the exit code
 */
export async function dumpDatabase(url: string, file: string, { env, print }: Terminal): Promise<number> {
  const { takenAt } = await noteBackup(file, env);
  const serverMajor = await withOwner(url, majorOf);
  await runPostgresTool('pg_dump', ['--format=custom', `--file=${file}.incomplete`], { url, serverMajor, env });
  await rename(`${file}.incomplete`, file);
  return (print(`${file}: the database as of ${takenAt}; keep ${file}.json beside it`), 0);
}

export async function majorOf(db: Database): Promise<number> {
  const [row] = await db.query<{ version: string }>(`select current_setting('server_version_num') as version`);
  return Math.floor(Number(row?.version) / 10_000);
}
