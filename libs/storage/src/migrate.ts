import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';

/**
 * Brings a database to the current schema. Safe to call from several processes at once: an advisory lock lets one
 * through at a time.
 *
 * @returns the names of the migrations applied just now
 */
export async function migrate(
  databaseUrl: string,
  log: (message: string) => void = () => undefined,
): Promise<string[]> {
  const applied = await runner({
    databaseUrl,
    dir: fileURLToPath(new URL('../migrations', import.meta.url)),
    direction: 'up',
    migrationsTable: 'schema_migrations',
    // Numbers are given out before branches land: a database may have seen a later one first, and none builds on another.
    checkOrder: false,
    verbose: false,
    logger: { debug: () => undefined, info: () => undefined, warn: log, error: log },
  });
  return applied.map((migration) => migration.name);
}
