import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { until, useDatabase } from '@siaga/testkit';
import { migrate } from './index.js';

const database = useDatabase();
let folder: string;

const write = (name: string, sql: string) =>
  writeFile(path.join(folder, `${name}.sql`), `-- Up Migration\n${sql}\n-- Down Migration\nselect 1;\n`);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-migrate-'));
  await database.db.query('delete from schema_migrations; create table busy (id int)');
  await write('1001_first', 'create table first_one (id int);');
  await write('1002_busy', 'alter table busy add column more int;');
});

describe('migrating while services work', () => {
  it('lets readers through when a table stays locked, and gets its turn when that is over', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const holding = database.db.transaction(async (tx) => {
      await tx.query('select * from busy');
      await held;
    });
    await until('the table is in use', async () => {
      const locks = await database.db.query(`select 1 from pg_locks where relation = 'busy'::regclass and granted`);
      return locks.length > 0;
    });
    const migrating = migrate(database.url, { folder, lockTimeoutMs: 100 });
    await until('it waits for the lock', async () => {
      const waiting = await database.db.query(
        `select 1 from pg_stat_activity where application_name = 'siaga-migrate' and wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
    // Behind a waiting ALTER TABLE, this would stand for as long as the other transaction is open.
    expect(await database.db.query('select * from busy')).toEqual([]);
    release();
    await holding;
    // The first is done by then, in a transaction of its own.
    expect(await migrating).toEqual(['1002_busy']);
    expect(await database.db.query('select more from busy')).toEqual([]);
    expect(await database.db.query('select * from first_one')).toEqual([]);
  });

  it('lets one process work while others wait for it', async () => {
    await write('1003_slow', 'select pg_sleep(0.5); create table slow (id int);');
    const [one, other] = await Promise.all([migrate(database.url, { folder }), migrate(database.url, { folder })]);
    expect([...one, ...other]).toEqual(['1003_slow']);
  });
});
