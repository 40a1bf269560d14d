import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postCodec, type Post } from '@siaga/contracts';
import { until, useDatabase, useKafka, useServices, type TestService } from '@siaga/testkit';
import { commitFrame } from './sources/bluesky/commit-frame.fixture.js';
import { FIREHOSE, JETSTREAM, streamDouble } from './sources/bluesky/stream-double.fixture.js';

/** npm run accept -- ingest 2 asks for more. */
const POSTS = Number(process.env.SIAGA_CHAOS_POSTS ?? 1_000);
const CUTS = Number(process.env.SIAGA_CHAOS_CUTS ?? 6);
const KILLS = Number(process.env.SIAGA_CHAOS_KILLS ?? 2);
const GENEROUS = { timeoutMs: 240_000 };

const kafka = useKafka();
const database = useDatabase();
const services = useServices();
let jetstream: Awaited<ReturnType<typeof streamDouble>>;
let firehose: Awaited<ReturnType<typeof streamDouble>>;
let folder: string;
let seq = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-chaos-'));
  [jetstream, firehose] = await Promise.all([streamDouble(JETSTREAM), streamDouble(FIREHOSE)]);
  await writeFile(path.join(folder, 'secrets.json'), '{"author-key":"kunci uji"}');
  const sources = [
    { name: 'jet', kind: 'jetstream', url: jetstream.url, platform: 'jet' },
    { name: 'fire', kind: 'firehose', url: firehose.url, platform: 'fire' },
  ];
  await writeFile(path.join(folder, 'sources.json'), JSON.stringify({ sources }));
});
afterAll(() => Promise.all([jetstream.close(), firehose.close()]));

const startWorker = (): Promise<TestService> =>
  services.start('ingest', {
    SIAGA_KAFKA_BROKERS: kafka.brokers,
    SIAGA_TOPIC_PREFIX: kafka.prefix,
    SIAGA_DATABASE_URL: database.url,
    SIAGA_SOURCES_FILE: path.join(folder, 'sources.json'),
    SIAGA_SECRETS_FILE: path.join(folder, 'secrets.json'),
    SIAGA_WORKER_ID: 'chaos',
    SIAGA_ALLOW_PRIVATE_ADDRESSES: 'true',
  });

/** One post on each of the two streams. */
async function post(): Promise<void> {
  const n = ++seq;
  const record = {
    $type: 'app.bsky.feed.post',
    text: `kabar ${n}`,
    createdAt: new Date().toISOString(),
    langs: ['id'],
  };
  firehose.emit(n, await commitFrame([{ action: 'create', path: `app.bsky.feed.post/${n}`, record }], n));
  const timeUs = Date.now() * 1000 + n;
  const commit = { operation: 'create', collection: 'app.bsky.feed.post', rkey: String(n), rev: 'r', cid: 'c', record };
  jetstream.emit(timeUs, JSON.stringify({ did: 'did:plc:abc', time_us: timeUs, kind: 'commit', commit }));
}

const received = (): Post[] =>
  kafka.messages(kafka.topics.posts.name).flatMap(({ value }) => {
    const decoded = postCodec.decode(value);
    return decoded.ok ? [decoded.value] : [];
  });
const idsOf = (platform: string) => new Set(received().flatMap(({ id, platform: p }) => (p === platform ? [id] : [])));

describe('streams that break, read by workers that die', () => {
  it(
    'every post arrives, and only what was under way at a kill arrives twice',
    async () => {
      let worker = await startWorker();
      await until('both are connected', () => jetstream.clients > 0 && firehose.clients > 0, GENEROUS);
      await post();
      await until('both flow', () => idsOf('jet').size === 1 && idsOf('fire').size === 1, GENEROUS);
      const cutAt = new Set(Array.from({ length: CUTS }, (_, i) => Math.floor(((i + 1) * POSTS) / (CUTS + 1))));
      const killAt = new Set(Array.from({ length: KILLS }, (_, i) => Math.floor(((i + 0.5) * POSTS) / KILLS)));
      for (let n = 1; n < POSTS; n++) {
        await post();
        if (n % 20 === 0) await wait(Math.random() * 40);
        if (cutAt.has(n)) (Math.random() < 0.5 ? jetstream : firehose).cut();
        if (killAt.has(n)) {
          await worker.kill();
          worker = await startWorker();
        }
      }
      await until('all posts', () => idsOf('jet').size === POSTS && idsOf('fire').size === POSTS, GENEROUS);
      const twice = received().length - 2 * POSTS;
      console.log(`${POSTS} posts on each of two streams, ${CUTS} cuts, ${KILLS} kills: ${twice} arrived twice`);
      // Without a kill nothing does; a kill repeats what was sent and not yet behind the cursor, and a second of Jetstream.
      if (KILLS === 0) expect(twice).toBe(0);
      expect(kafka.messages(kafka.topics.deadLetters.name)).toEqual([]);
      expect(jetstream.agent).toMatch(/^Siaga/);
      expect(await worker.stop()).toBe(0);
    },
    GENEROUS.timeoutMs * 2,
  );
});
