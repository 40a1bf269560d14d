import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { useDatabase } from '@siaga/testkit';
import {
  asRole,
  grantRoles,
  leaseClass,
  openDatabase,
  removeExpired,
  RETENTION,
  RETENTION_CLASSES,
  ROLE_GRANTS,
  SERVICE_ROLES,
  type Database,
} from './index.js';

const database = useDatabase();
const as: Record<string, Database> = {};

beforeAll(() => {
  for (const role of [...SERVICE_ROLES, 'siaga_operator', 'siaga_backup']) {
    as[role] = openDatabase(asRole(database.url, role), { applicationName: 'test', poolSize: 1 });
  }
});
afterAll(() => Promise.all(Object.values(as).map((db) => db.close())));

const denied = (role: string, sql: string) =>
  expect(as[role]?.query(sql)).rejects.toThrow(/permission denied|must be owner/);

describe("the services' roles", () => {
  it('leave no table without somebody who writes it', async () => {
    const tables = await database.db.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations'`,
    );
    const granted = new Set(Object.values(ROLE_GRANTS).flatMap((grants) => Object.keys(grants)));
    // A new table needs a line in role-grants.ts for each service that works on it.
    expect(tables.map(({ name }) => name).filter((name) => !granted.has(name))).toEqual([]);
    expect([...granted].filter((name) => !tables.some((table) => table.name === name))).toEqual([]);
  });

  it('keep each to its own', async () => {
    await denied('siaga_ingest', 'select * from flags');
    await denied('siaga_ingest', 'select * from accounts');
    await denied('siaga_notify', 'select * from accounts');
    await denied('siaga_notify', 'select secret_sha256 from api_tokens');
    await denied('siaga_feed', 'insert into notices default values');
    await denied('siaga_feed', 'delete from flags');
    await denied('siaga_feed', 'select * from answer_links');
  });

  it.each(RETENTION_CLASSES)('let notify remove %s when their time is over', async (name) => {
    const notify = as.siaga_notify as Database;
    await leaseClass(notify, name, { leaseMs: 1, restMs: 0 });
    expect(await removeExpired(notify, name, { days: 1, limit: 10 })).toBe(0);
    // There is nothing here to be removed; PostgreSQL asks for the rights all the same when it explains.
    for (const statement of RETENTION[name].remove) await notify.query(`explain ${statement}`, [[]]);
  });

  it('let nobody change what has been recorded as evidence, or the schema', async () => {
    for (const role of [...SERVICE_ROLES, 'siaga_operator', 'siaga_backup']) {
      await denied(role, `update evidence set subject = 'x'`);
      await denied(role, 'delete from evidence');
      await denied(role, 'create table mine (id int)');
      await denied(role, 'drop table flags');
      await denied(role, 'alter table evidence disable trigger all');
    }
  });

  it('let the one who makes backups read everything and write nothing', async () => {
    expect(await as.siaga_backup?.query('select * from accounts')).toEqual([]);
    await denied('siaga_backup', 'delete from sessions');
  });

  it('can be given again at any time, and take back what is too much', async () => {
    await database.db.query('grant all on accounts to siaga_ingest');
    await grantRoles(database.db);
    await denied('siaga_ingest', 'select * from accounts');
    expect(await as.siaga_feed?.query('select * from accounts')).toEqual([]);
  });
});
