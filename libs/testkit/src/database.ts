import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { openDatabase, type Database } from '@siaga/storage';
import { addressOf, TEMPLATE_DATABASE } from './engine-addresses.js';
import { databaseUrl } from './engines.js';
import { until } from './until.js';

export interface TestDatabase {
  readonly url: string;
  readonly db: Database;
}

/**
 * A migrated database for this test file alone. Call it at the top level of the file; the fields can be read inside
 * hooks and tests.
 */
export function useDatabase(): TestDatabase {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  let url: string | undefined;
  let db: Database | undefined;
  beforeAll(async () => {
    const server = addressOf('postgres');
    await onServer(server, `create database ${name} template ${TEMPLATE_DATABASE}`);
    url = databaseUrl(server, name);
    db = openDatabase(url, { applicationName: 'test', poolSize: 5 });
  });
  afterAll(async () => {
    await db?.close();
    await onServer(addressOf('postgres'), `drop database if exists ${name} with (force)`);
  });
  const ready = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the test database exists from the first beforeAll on');
    return value;
  };
  return {
    get url() {
      return ready(url);
    },
    get db() {
      return ready(db);
    },
  };
}

const OBJECT_IN_USE = '55006';

async function onServer(server: string, sql: string): Promise<void> {
  const admin = openDatabase(server, { applicationName: 'testkit', poolSize: 1 });
  try {
    // PostgreSQL refuses to copy the template for one of two files that ask in the same moment.
    await until('the template database is free', () =>
      admin.query(sql).catch((error: { code?: string }) => {
        if (error.code === OBJECT_IN_USE) return false;
        throw error;
      }),
    );
  } finally {
    await admin.close();
  }
}
