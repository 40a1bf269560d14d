import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TransientError } from '@siaga/runtime';
import { startFaultProxy, until, useDatabase, type FaultProxy } from '@siaga/testkit';
import { listen, openDatabase } from './index.js';

const database = useDatabase();
const closers: (() => Promise<void>)[] = [];
let proxy: FaultProxy;
let url: string;

beforeAll(async () => {
  const through = new URL(database.url);
  proxy = await startFaultProxy({ upstreamPort: Number(through.port) });
  through.port = String(proxy.port);
  url = through.href;
});
afterAll(async () => {
  await proxy.close();
  await Promise.all(closers.map((close) => close()));
});

const open = () => {
  const db = openDatabase(url, { applicationName: 'lost', poolSize: 1, statementTimeoutMs: 500 });
  closers.push(db.close);
  return db;
};

it('a statement over a connection that nobody has heard of any more fails for the moment, and the next one is answered', async () => {
  const db = open();
  await db.query('select 1');
  expect(proxy.lose()).toBeGreaterThan(0);
  await expect(db.query('select 1')).rejects.toThrow(TransientError);
  expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
});

it('and so does a transaction, whose connection is not used again', async () => {
  const db = open();
  await expect(
    db.transaction(async (tx) => {
      await tx.query('select 1');
      proxy.lose();
      await tx.query('select 2');
    }),
  ).rejects.toThrow(TransientError);
  expect(await db.transaction((tx) => tx.query('select 1 as one'))).toEqual([{ one: 1 }]);
});

it('who listens finds out, though nothing is announced, and listens again', async () => {
  const seen = { connected: 0, notified: 0 };
  const { close } = listen(url, {
    ...{ applicationName: 'lost', channels: ['lost'], pulseMs: 50 },
    onNotified: () => seen.notified++,
    onConnected: () => seen.connected++,
    onLost: () => undefined,
  });
  closers.push(close);
  await until('it listens', () => seen.connected === 1);
  proxy.lose();
  await until('it listens again', () => seen.connected === 2);
  await database.db.query("select pg_notify('lost', '')");
  await until('it hears', () => seen.notified > 0);
});
