import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, startKafka, startPostgres } from '@siaga/engines';
import { grantRoles, migrate, openDatabase } from '@siaga/storage';
import { ENGINES, TEMPLATE_DATABASE } from './engine-addresses.js';

/**
 * Starts Kafka and PostgreSQL on free ports in a throw-away folder, and leaves their addresses in the environment
 * for the test workers.
 */
export async function startEngines(): Promise<{ stop: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'siaga-test-'));
  const [kafka, postgres] = await Promise.all([
    startKafka({ port: await freePort(), dataDir: path.join(folder, 'kafka') }),
    startPostgres({ port: await freePort(), dataDir: path.join(folder, 'postgres'), fsync: false }),
  ]);
  const admin = openDatabase(postgres.url, { applicationName: 'testkit', poolSize: 1 });
  await admin.query(`create database ${TEMPLATE_DATABASE}`);
  await admin.close();
  const template = databaseUrl(postgres.url, TEMPLATE_DATABASE);
  await migrate(template);
  const owner = openDatabase(template, { applicationName: 'testkit', poolSize: 1 });
  await grantRoles(owner);
  await owner.close();
  process.env[ENGINES.brokers] = kafka.brokers.join(',');
  process.env[ENGINES.postgres] = postgres.url;
  return {
    async stop() {
      await Promise.all([kafka.stop(), postgres.stop()]);
      await Promise.all([folder, postgres.dataDir].map((dir) => rm(dir, { recursive: true, force: true })));
    },
  };
}

/** The same server, another database. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
