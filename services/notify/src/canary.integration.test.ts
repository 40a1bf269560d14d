import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CANARY_PLATFORM, flagCodec } from '@siaga/contracts';
import { aFlag, useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { notifyMetrics } from './metrics.js';
import { startNotices, type Notices } from './notices.fixture.js';
import { notifyStep } from './notify-step.js';

const database = useDatabase();
let notices: Notices;
beforeAll(async () => void (notices = await startNotices(database)));
afterAll(() => notices.close());

test('a canary is measured, and becomes no flag, campaign, notice or entry of the log, however high its score', async () => {
  const registry = new Registry();
  const step = notifyStep({ db: database.db, policy: notices.policy, metrics: notifyMetrics(registry) });
  const seenAt = new Date(Date.now() - 4_000).toISOString();
  // As like a real one as can be: of the same text, so that it would join the campaign of the other.
  const real = aFlag({ post: { text: 'kirim semua orang seberang itu pulang sebelum pasar dibuka lagi besok' } });
  const { text } = real.post;
  const post = { id: `${CANARY_PLATFORM}:1`, platform: CANARY_PLATFORM, text, url: 'https://contoh.invalid/1', seenAt };
  const canary = aFlag({ flagId: `${post.id}#canary`, score: 0.99, post });
  const message = (flag: typeof real, offset: number) => ({
    ...{ topic: 'flags', partition: 0, offset: String(offset), key: Buffer.from(flag.post.id), headers: {} },
    ...{ value: flagCodec.encode(flag), timestamp: Date.now() },
  });
  await step.run([message(canary, 0), message(real, 1)]);
  await step.run([message(canary, 2)]);
  await notices.deliverAll();

  expect(await database.db.query('select flag_id as "flagId" from flags')).toEqual([{ flagId: real.flagId }]);
  for (const table of ['campaigns', 'notices']) {
    expect([table, await database.db.query(`select count(*)::int as n from ${table}`)]).toEqual([table, [{ n: 1 }]]);
  }
  expect(notices.receiver.received).toHaveLength(1);
  const log = await database.db.query<{ subject: string; body: string }>('select subject, body from evidence');
  expect(log.length).toBeGreaterThan(0);
  expect(JSON.stringify(log)).not.toContain(CANARY_PLATFORM);

  const metrics = await registry.metrics();
  expect(metrics).toMatch(/^siaga_notify_canary_seconds_count 2$/m);
  expect(metrics).toMatch(/^siaga_notify_canary_seconds_bucket\{le="2.5"\} 0$/m);
  expect(metrics).toMatch(/^siaga_notify_canary_timestamp_seconds 1\d{9}/m);
  expect(metrics).not.toMatch(/^siaga_notify_(flags|campaigns|notices)_total\{.*\} 2$/m);
});
