import { afterEach, expect, it } from '@jest/globals';
import { until, useDatabase } from '@siaga/testkit';
import { listen } from './index.js';

const database = useDatabase();
const CHANNEL = 'Test "channel"';
let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

function startListening(url: string) {
  const seen = { connected: 0, notified: 0, lost: [] as string[] };
  const listener = listen(url, {
    applicationName: 'listen-test',
    channels: [CHANNEL],
    onNotified: () => seen.notified++,
    onConnected: () => seen.connected++,
    onLost: (error) => seen.lost.push(error.message),
  });
  close = listener.close;
  return seen;
}

const notify = () => database.db.query('select pg_notify($1, $2)', [CHANNEL, '']);
const listeners = () =>
  database.db.query<{ pid: number }>(
    "select pid from pg_stat_activity where application_name = 'listen-test' and datname = current_database()",
  );

it('hears what is announced, again after its connection was cut, and is gone when closed', async () => {
  const seen = startListening(database.url);
  await until('it listens', () => seen.connected === 1);
  await notify();
  await until('the first notification', () => seen.notified === 1);

  const [first] = await listeners();
  await database.db.query('select pg_terminate_backend($1)', [first?.pid]);
  await until('it listens again', () => seen.connected === 2);
  expect(seen.lost).toHaveLength(1);
  await notify();
  await until('the second notification', () => seen.notified === 2);

  await close();
  await until('no connection is left', async () => (await listeners()).length === 0);
  expect(seen.lost).toHaveLength(1);
});

it('keeps trying a database that is not there, and can still be closed', async () => {
  const url = new URL(database.url);
  url.pathname = '/nowhere';
  const seen = startListening(url.href);
  await until('two attempts', () => seen.lost.length >= 2);
  expect(seen.lost[0]).toContain('"nowhere" does not exist');
  expect(seen.connected).toBe(0);
});
