import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aFlag, useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { gaugeAll } from './gauges.js';
import { notifyMetrics } from './metrics.js';
import { startNotices, type Notices } from './notices.fixture.js';

const database = useDatabase();
let notices: Notices;
beforeAll(async () => void (notices = await startNotices(database)));
afterAll(() => notices.close());

async function scrape(): Promise<(name: string) => string | undefined> {
  const registry = new Registry();
  gaugeAll(registry, database.db);
  const lines = (await registry.metrics()).split('\n');
  return (name) =>
    lines
      .find((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      ?.split(' ')
      .at(-1);
}

test('clocks of notices, waits of deliveries and PostgreSQL itself', async () => {
  const registry = new Registry();
  notices.options = { ...notices.options, metrics: notifyMetrics(registry) };
  await notices.record([aFlag({ post: { text: 'pagar kayu itu roboh diterpa angin semalam' } })]);
  await database.db.query(`update notices set due_at = now() + interval '30 minutes'`);
  await database.db.query(
    `update deliveries set created_at = now() - interval '100 seconds', next_attempt_at = now() - interval '1 second'`,
  );
  const before = await scrape();
  expect(before('siaga_notify_open_notices{platform="demo",due="soon"}')).toBe('1');
  expect(before('siaga_notify_open_notices{platform="demo",due="overdue"}')).toBe('0');
  expect(Number(before('siaga_notify_delivery_wait_seconds'))).toBeGreaterThanOrEqual(100);
  expect(Number(before('siaga_database_connections'))).toBeGreaterThan(0);
  expect(Number(before('siaga_database_connections_max'))).toBeGreaterThan(10);
  expect(Number(before('siaga_database_size_bytes'))).toBeGreaterThan(1e6);
  expect(Number(before('siaga_database_oldest_transaction_seconds'))).toBeGreaterThanOrEqual(0);

  await notices.deliverAll();
  await database.db.query(`update notices set due_at = now() - interval '1 minute'`);
  const after = await scrape();
  expect(after('siaga_notify_delivery_wait_seconds')).toBeUndefined();
  expect(after('siaga_notify_open_notices{platform="demo",due="overdue"}')).toBe('1');
  const delivered = await registry.metrics();
  expect(delivered).toMatch(/^siaga_notify_delivery_freshness_seconds_bucket\{le="60",platform="demo"\} 0$/m);
  expect(delivered).toMatch(/^siaga_notify_delivery_freshness_seconds_bucket\{le="120",platform="demo"\} 1$/m);
});

test('a database that is down is no number, and no failure of the scrape', async () => {
  const registry = new Registry();
  gaugeAll(registry, { query: () => Promise.reject(new Error('down')) });
  expect(await registry.metrics()).toMatch(/^siaga_database_connections Nan$/m);
});
