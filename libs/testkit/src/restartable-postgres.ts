import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { freePort, startPostgres, type Postgres } from '@siaga/engines';
import { grantRoles, migrate, openDatabase, type Database } from '@siaga/storage';
import type { TestDatabase } from './database.js';

export interface RestartablePostgres extends TestDatabase {
  /** The server goes down at once, as in a crash, and comes back on the same port and data; resolves when it is ready. */
  restart(): Promise<void>;
}

/**
 * A server of the test file's own with a migrated database, to be brought down. Unlike the one that test files share it
 * keeps what was committed. Call it at the top level of the file.
 */
export function useRestartablePostgres(): RestartablePostgres {
  const started: { folder?: string; port?: number; postgres?: Postgres; db?: Database } = {};
  const start = async () => {
    const port = (started.port ??= await freePort());
    return (started.postgres = await startPostgres({ port, dataDir: path.join(started.folder as string, 'postgres') }));
  };
  beforeAll(async () => {
    started.folder = await mkdtemp(path.join(tmpdir(), 'siaga-chaos-'));
    const { url } = await start();
    await migrate(url);
    started.db = openDatabase(url, { applicationName: 'test', poolSize: 5 });
    await grantRoles(started.db);
  }, 120_000);
  afterAll(async () => {
    await started.db?.close();
    await started.postgres?.stop();
    for (const folder of [started.folder, started.postgres?.dataDir]) {
      if (folder) await rm(folder, { recursive: true, force: true });
    }
  });
  const ready = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('PostgreSQL can be used from the first beforeAll on');
    return value;
  };
  return {
    get url() {
      return ready(started.postgres).url;
    },
    get db() {
      return ready(started.db);
    },
    async restart() {
      const { pid, exited } = ready(started.postgres);
      // An immediate shutdown: no checkpoint, every client cut off, recovery from the log at the next start.
      process.kill(pid, 'SIGQUIT');
      await exited;
      await start();
    },
  };
}
