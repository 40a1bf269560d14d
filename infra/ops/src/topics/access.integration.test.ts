import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { topicsOf, type StreamService } from '@siaga/contracts';
import { committedOffsets, connectProducer, topicSpan } from '@siaga/stream';
import { freePort, until, useDatabase, useSecureKafka, useServices } from '@siaga/testkit';
import { runTopics } from './run-topics.js';

const userOf = (service: StreamService) => `siaga-${service}`;
const kafka = useSecureKafka([userOf('ingest'), userOf('classify'), userOf('notify')]);
const database = useDatabase();
const services = useServices();
const topics = topicsOf();
/** Three services start at once, beside two brokers. */
const PATIENCE = { timeoutMs: 60_000 };
const TOKEN = 'token-uji';
let folder: string;

const file = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-access-'));
  await writeFile(file('secrets.json'), JSON.stringify({ 'author-key': 'kunci', token: TOKEN }));
  await writeFile(file('sources.json'), JSON.stringify({ sources: [{ name: 'forum', kind: 'push', token: 'token' }] }));
  await writeFile(
    file('policy.yaml'),
    JSON.stringify({
      version: 1,
      notifier: { name: 'Posko', email: 'posko@siaga.invalid' },
      urgencies: { normal: { hours: 24 } },
      categories: Object.fromEntries(
        ['hoax', 'hate', 'bullying'].map((category) => [
          category,
          { automatic: false, urgency: 'normal', instrument: 'referral', legalBasis: [] },
        ]),
      ),
      platforms: {},
    }),
  );
  const env = kafka.settingsOf('admin');
  expect(await runTopics(['apply'], { env, print: () => undefined })).toBe(0);
  expect(await runTopics(['acls', '--grant'], { env, print: () => undefined })).toBe(0);
});

const start = (service: StreamService, settings: Record<string, string>) =>
  services.start(
    service,
    {
      ...kafka.settingsOf(userOf(service)),
      ...settings,
      SIAGA_DATABASE_URL: database.url,
      SIAGA_SECRETS_FILE: file('secrets.json'),
    },
    PATIENCE,
  );

describe('a service that signs in with its own access list', () => {
  it('can do its work, from a pushed post to the flag in the database', async () => {
    const port = await freePort();
    const [notify] = await Promise.all([
      start('notify', {
        SIAGA_POLICY_FILE: file('policy.yaml'),
        SIAGA_NOTIFY_PORT: '0',
        SIAGA_PUBLIC_URL: 'http://127.0.0.1:1',
      }),
      start('classify', {}),
      start('ingest', { SIAGA_SOURCES_FILE: file('sources.json'), SIAGA_PUSH_PORT: String(port) }),
    ]);
    const answer = await fetch(`http://127.0.0.1:${port}/v1/posts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ posts: [{ text: 'Dasar goblok, muka kayak babi, mati aja lu anjing' }, { text: '' }] }),
    });
    expect(answer.status).toBe(202);
    await until(
      'the flag is recorded',
      async () => (await database.db.query('select 1 from flags')).length > 0,
      PATIENCE,
    );
    const verdicts = await topicSpan(kafka.optionsOf('admin'), topics.verdicts.name, { from: 0 });
    expect(verdicts?.messages).toBeGreaterThan(0);
    await until('notify sees how far all groups are behind', async () => {
      const metrics = await (await fetch(`${notify.opsUrl}/metrics`)).text();
      return /siaga_stream_watched_timestamp_seconds [1-9]/.test(metrics);
    });
  }, 180_000);

  it.each<[StreamService, keyof typeof topics]>([
    ['ingest', 'verdicts'],
    ['ingest', 'decisions'],
    ['classify', 'posts'],
    ['classify', 'claims'],
    ['notify', 'flags'],
    ['notify', 'posts'],
  ])('%s cannot write %s', async (service, topic) => {
    const producer = await connectProducer(kafka.optionsOf(userOf(service)));
    const message = { key: 'x', value: Buffer.from('{}') };
    await expect(producer.send([{ topic: topics[topic].name, messages: [message] }])).rejects.toThrow(
      /authoriz|host this topic/i,
    );
    await producer.close();
  });

  it('does not even see a topic that is not its own', async () => {
    expect(await topicSpan(kafka.optionsOf(userOf('ingest')), topics.decisions.name, { from: 0 })).toBeUndefined();
    expect(await topicSpan(kafka.optionsOf(userOf('classify')), topics.decisions.name, { from: 0 })).toBeUndefined();
  });

  it('cannot look into a group that is not its own', async () => {
    const options = kafka.optionsOf(userOf('notify'));
    await expect(committedOffsets(options, 'siaga.others', topics.flags.name)).rejects.toThrow(/coordinator|authoriz/i);
    expect(await committedOffsets(options, 'siaga.notify', topics.flags.name)).toHaveProperty('0');
  });
});

describe('a broker that wants TLS and a password', () => {
  it('takes nobody without, or with a wrong one', async () => {
    const known = kafka.settingsOf(userOf('ingest'));
    const env = { ...known, SIAGA_KAFKA_SASL_USER: 'siaga-nobody' };
    await expect(runTopics(['plan'], { env, print: () => undefined })).rejects.toThrow('Kafka does not answer');
    const plain = { SIAGA_KAFKA_BROKERS: known.SIAGA_KAFKA_BROKERS };
    await expect(runTopics(['plan'], { env: plain, print: () => undefined })).rejects.toThrow('Kafka does not answer');
  });
});
