import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';

/**
 * A statement that waits for a table's lock makes everybody wait who comes after it, readers too. So it gives up early, lets the others through
 * and tries again.
 */
const LOCK_TIMEOUT_MS = 2_000;
const PAUSE_MS = 1_000;
const TRIES = 60;

const LOCK_NOT_AVAILABLE = '55P03';
const ANOTHER_RUNS = /^Another migration is already running/;

export interface MigrateOptions {
  readonly log?: (message: string) => void;
  /** Folder of the migrations; those of the fleet unless given. */
  readonly folder?: string;
  readonly lockTimeoutMs?: number;
}

/**
 * Brings a database to the current schema, each migration in a transaction of its own. Safe to call from several processes at once, of which one
 * works and the others wait, and while services are at work: nobody waits for it longer than the lock's timeout.
 *
 * @returns the names of the migrations applied just now
 * @throws the database's error when a table stays locked, or another process migrates, for more than a minute
 */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const applied: string[] = [];
  for (let tries = 1; ; tries++) {
    try {
      applied.push(...(await migrateOnce(databaseUrl, options)));
      return applied;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      const mayPass = code === LOCK_NOT_AVAILABLE || ANOTHER_RUNS.test(message);
      if (!mayPass || tries >= TRIES) throw error;
      await wait(PAUSE_MS);
    }
  }
}

async function migrateOnce(
  databaseUrl: string,
  { log = () => undefined, folder, lockTimeoutMs = LOCK_TIMEOUT_MS }: MigrateOptions,
): Promise<string[]> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'siaga-migrate',
    lock_timeout: lockTimeoutMs,
  });
  await client.connect();
  try {
    const applied = await runner({
      dbClient: client,
      dir: folder ?? fileURLToPath(new URL('../migrations', import.meta.url)),
      direction: 'up',
      migrationsTable: 'schema_migrations',
      singleTransaction: false,
      // Numbers are given out before branches land: a database may have seen a later one first, and none builds on another.
      checkOrder: false,
      verbose: false,
      logger: { debug: () => undefined, info: () => undefined, warn: log, error: log },
    });
    return applied.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
