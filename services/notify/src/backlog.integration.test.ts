import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyEvidence } from '@siaga/storage';
import { type Receiver, startReceiver, until, useDatabase, useKafka, useServices } from '@siaga/testkit';
import { aPolicy } from './policy.fixture.js';
import { workerSettings } from './worker.fixture.js';

/** What waits when the worker starts, and how much of it is waited for; npm run accept -- notify 7 asks for more. */
const BACKLOG = Number(process.env.SIAGA_BACKLOG ?? 2_000);
const DELIVERED = Number(process.env.SIAGA_BACKLOG_DELIVERED ?? 500);
const SAMPLES = 10;
const GENEROUS = { timeoutMs: 240_000 + 100 * DELIVERED, pauseMs: 50 };

const kafka = useKafka();
const database = useDatabase();
const services = useServices();
let receiver: Receiver;
let settings: Record<string, string>;

beforeAll(async () => {
  receiver = await startReceiver();
  const secrets = { out: receiver.secret, in: receiver.secret };
  settings = await workerSettings({ kafka, database }, aPolicy(receiver.url), secrets);
});
afterAll(() => receiver.close());

/** Campaigns of one post each, whose notices wait. */
async function fill(): Promise<void> {
  const { db } = database;
  await db.query(
    `insert into campaigns (campaign_id, category, signature)
     select gen_random_uuid(), 'hate', '{}' from generate_series(1, $1::int)`,
    [BACKLOG],
  );
  await db.query(
    `insert into flags (flag_id, campaign_id, reported, post_id, category, platform, url, text, text_sha256, source, score,
                        threshold, escalate_threshold, scores, model_name, model_version, reasons, created_at, seen_at, flagged_at)
     select campaign_id || '#hate', campaign_id, true, campaign_id, 'hate', 'demo', 'http://demo.invalid/p/' || campaign_id, 'contoh',
            repeat('0', 64), 'test', 0.97, 0.6, 0.9, '{}', 'test', '1', '[]', now(), now(), now()
       from campaigns`,
  );
  await db.query(
    `insert into notices (notice_id, campaign_id, platform, category, urgency, due_at)
     select campaign_id, campaign_id, 'demo', 'hate', 'normal', now() + interval '1 day' * random() + interval '1 hour' from campaigns`,
  );
  await db.query(
    `insert into deliveries (delivery_id, notice_id, revision, channel, state, next_attempt_at)
     select notice_id, notice_id, 1, 'webhook', 'scheduled', now() from notices`,
  );
  await db.query('analyze');
}

describe('a backlog of notices', () => {
  it(
    'is worked off in the order of its deadlines, each once, and the worker holds no more than it sends',
    async () => {
      await fill();
      const worker = await services.start('notify', settings, GENEROUS);
      const [from, startedAt] = [receiver.received.length, performance.now()];
      const rssMb: number[] = [];
      for (let i = 1; i <= SAMPLES; i++) {
        const some = Math.min(BACKLOG, from + (DELIVERED * i) / SAMPLES);
        await until(`${some} notices have arrived`, () => receiver.received.length >= some, GENEROUS);
        const metrics = await (await fetch(`${worker.opsUrl}/metrics`)).text();
        rssMb.push(Math.round(Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]) / 2 ** 20));
      }
      const rate = (receiver.received.length - from) / ((performance.now() - startedAt) / 1_000);
      process.stderr.write(
        `backlog: ${BACKLOG} waiting, ${rate.toFixed(0)} deliveries/s over ${DELIVERED}, resident MB ${rssMb.join(' ')}\n`,
      );
      expect(await worker.stop()).toBe(0);

      const ids = receiver.received.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const [recorded] = await database.db.query<{ count: number }>(
        `select count(*)::int as count from deliveries where state = 'delivered'`,
      );
      expect(recorded?.count).toBe(ids.length);
      expect(await verifyEvidence(database.db)).toMatchObject({ whole: true, head: { seq: ids.length } });
      // What was sent is what was due first, but for those that were under way at the same time.
      const first = await database.db.query<{ id: string }>(
        'select delivery_id as id from deliveries order by due_at limit $1',
        [ids.length],
      );
      const urgent = new Set(first.map(({ id }) => id));
      expect(ids.filter((id) => !urgent.has(id))).toEqual([]);
      // The first samples warm up; a worker that held the backlog would go on growing.
      if (DELIVERED >= 5_000) expect(Math.max(...rssMb.slice(-3))).toBeLessThan(1.15 * Math.max(...rssMb.slice(3, 6)));
    },
    600_000 + 200 * DELIVERED,
  );
});
