import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { postHash } from '@siaga/runtime';
import {
  freePort,
  startReceiver,
  until,
  useDatabase,
  useKafka,
  useServices,
  type Receiver,
  type TestService,
} from '@siaga/testkit';
import { startCollector } from './otlp-collector.fixture.js';

/**
 * The four services, as talkative as they can be, over posts whose every part would be recognised. Who has the logs or the traces must not
 * learn who has said what.
 */
const kafka = useKafka();
const database = useDatabase();
const services = useServices();
const PATIENT = { timeoutMs: 60_000 };
const fleet: TestService[] = [];
let receiver: Receiver;
let collector: Awaited<ReturnType<typeof startCollector>>;
let pushUrl: string;

/** Handle, native id, link and a word of the text: nobody else has them. */
const PERSONAL = ['wargakenari', 'idnativku', 'tautankenari', 'kenarisenja'];
const [HANDLE, NATIVE, LINK, WORD] = PERSONAL as [string, string, string, string];
const INSULT = `Dasar goblok ${WORD}, muka kayak babi, nggak pantas hidup, mati aja lu anjing`;
const post = (n: number, more: object = {}) => ({
  ...{ id: `${NATIVE}${n}`, text: `Selamat pagi ${WORD} nomor ${n}`, author: `${HANDLE}${n}` },
  ...{ url: `http://forum.invalid/${LINK}${n}`, ...more },
});
const idOf = (n: number) => `forum:${NATIVE}${n}`;

const inFile = [
  JSON.stringify(post(1, { text: INSULT })),
  JSON.stringify(post(2)),
  // Unreadable in different ways, with all that is personal in it.
  `{"id":"${NATIVE}3","author":"${HANDLE}3","text":"${WORD}`,
  JSON.stringify(post(4, { text: { [WORD]: HANDLE } })),
  JSON.stringify(post(5, { visibility: WORD })),
  JSON.stringify(post(6, { createdAt: `${WORD} ${HANDLE}` })),
  JSON.stringify(post(7, { platform: `${WORD} ${HANDLE}` })),
  JSON.stringify(post(2, { deleted: true })),
];

beforeAll(async () => {
  [receiver, collector] = await Promise.all([startReceiver(), startCollector()]);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'siaga-logs-'));
  const write = async (name: string, content: string) => {
    await writeFile(path.join(folder, name), content);
    return path.join(folder, name);
  };
  const secrets = { 'author-key': 'kunci', forum: receiver.secret, push: 'token-uji', 'subscription-key': 'kunci' };
  const common = {
    ...{ SIAGA_KAFKA_BROKERS: kafka.brokers, SIAGA_TOPIC_PREFIX: kafka.prefix, SIAGA_DATABASE_URL: database.url },
    ...{ SIAGA_LOG_LEVEL: 'trace', SIAGA_TRACE_SHARE: '1', SIAGA_TRACE_URL: collector.url },
    SIAGA_SECRETS_FILE: await write('secrets.json', JSON.stringify(secrets)),
    SIAGA_ALLOW_PRIVATE_ADDRESSES: 'true',
  };
  const policy = {
    ...{ version: 1, notifier: { name: 'Posko', email: 'posko@siaga.invalid' }, settleSeconds: 0 },
    urgencies: { normal: { hours: 24 } },
    categories: Object.fromEntries(
      ['hoax', 'hate', 'bullying'].map((category) => [category, { automatic: category !== 'hoax', urgency: 'normal' }]),
    ),
    platforms: {
      forum: {
        ...{ name: 'Forum', accepts: ['hate', 'bullying'] },
        channel: { kind: 'webhook', secret: 'forum', url: receiver.url, inquiryUrl: `${receiver.url}/{id}` },
      },
    },
  };
  const sources = [
    { name: 'berkas', kind: 'file', platform: 'forum', path: await write('posts.ndjson', inFile.join('\n')) },
    { name: 'kiriman', kind: 'push', platform: 'forum', token: 'push' },
  ];
  const [push, feed, notify] = await Promise.all([freePort(), freePort(), freePort()]);
  pushUrl = `http://127.0.0.1:${push}/v1/posts`;
  // It fails once before it takes anything, and once after that.
  receiver.behave = (attempt) => (attempt === 1 ? 503 : attempt === 2 ? 'cut' : 'accept');
  fleet.push(
    ...(await Promise.all([
      services.start('classify', common, PATIENT),
      services.start(
        'notify',
        {
          ...common,
          SIAGA_POLICY_FILE: await write('policy.yaml', JSON.stringify(policy)),
          SIAGA_NOTIFY_PORT: String(notify),
          SIAGA_PUBLIC_URL: `http://127.0.0.1:${notify}`,
        },
        PATIENT,
      ),
      services.start('feed', { ...common, SIAGA_FEED_PORT: String(feed), SIAGA_FEED_ANONYMOUS: 'viewer' }, PATIENT),
      services.start(
        'ingest',
        {
          ...common,
          SIAGA_SOURCES_FILE: await write('sources.json', JSON.stringify({ sources })),
          SIAGA_PUSH_PORT: String(push),
        },
        PATIENT,
      ),
    ])),
  );
  const search = `http://127.0.0.1:${feed}/v1/flags?text=${WORD}&author=${HANDLE}&cursor=${WORD}`;
  await fetch(search);
});
afterAll(() => Promise.all([receiver.close(), collector.close()]));

const pushed = async (posts: readonly object[]) =>
  (
    await fetch(pushUrl, {
      method: 'POST',
      headers: { authorization: 'Bearer token-uji', 'content-type': 'application/json' },
      body: JSON.stringify({ posts }),
    })
  ).status;

const STEPS = ['ingest', 'classify', 'record flag', 'deliver notice'];

it('a post is one trace from its source to its notice, over Kafka and PostgreSQL', async () => {
  expect(await pushed([post(11, { text: `${INSULT}!` })])).toBe(202);
  expect(await pushed([post(12, { text: 7 })])).toBe(400);
  await kafka.producer.send([
    {
      topic: kafka.topics.posts.name,
      messages: [{ key: idOf(13), value: Buffer.from(`{"text":"${WORD} ${HANDLE}`) }],
    },
    { topic: kafka.topics.flags.name, messages: [{ key: idOf(14), value: Buffer.from(`{"text":"${WORD}`) }] },
  ]);
  const of = (n: number) => collector.spans.filter(({ traceId }) => traceId === postHash(idOf(n)));
  for (const n of [1, 11]) {
    // Each service sends its spans when it gets round to it: the last step may be heard of before the first.
    await until(
      'every step is in the trace',
      () => STEPS.every((step) => of(n).some(({ name }) => name === step)),
      PATIENT,
    );
    const named = (name: string) => of(n).filter((span) => span.name === name);
    const [ingest] = named('ingest');
    expect(ingest).toMatchObject({ service: 'siaga-ingest' });
    expect(ingest?.parentSpanId ?? '').toBe('');
    expect(named('classify')).toMatchObject([{ service: 'siaga-classify', parentSpanId: ingest?.spanId }]);
    expect(named('record flag').map(({ parentSpanId }) => parentSpanId)).toContain(named('classify')[0]?.spanId);
    expect(named('deliver notice')[0]).toMatchObject({ service: 'siaga-notify', parentSpanId: ingest?.spanId });
  }
});

it('no log line and no span tells who has said what, and a line about a post has its hash', async () => {
  const logs = () => fleet.flatMap((service) => service.logs);
  const lines = () => logs().map((line) => JSON.parse(line) as { msg: string; post?: string });
  const about = (msg: string, n: number) => lines().some((line) => line.msg === msg && line.post === postHash(idOf(n)));
  await until('what nobody could read was told', () => about('dead letter written', 13), PATIENT);
  await until('by notify too', () => about('dead letter written', 14), PATIENT);
  await until('and what was recorded', () => about('flag recorded', 1) && about('flag recorded', 11), PATIENT);
  await until('the notice has arrived', () => receiver.received.length > 0, PATIENT);
  for (const service of fleet) expect(await service.stop()).toBe(0);

  expect(logs().length).toBeGreaterThan(20);
  for (const personal of PERSONAL) {
    expect(logs().filter((line) => line.includes(personal))).toEqual([]);
    expect(collector.bodies.filter((body) => body.includes(personal))).toEqual([]);
  }
});
