import { beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { decisionCodec } from '@siaga/contracts';
import { addAccount, createToken, insertCampaign, insertFlags, outboxBacklog } from '@siaga/storage';
import { aFlag, until, useDatabase, useKafka, useServices } from '@siaga/testkit';
import { aPolicy } from './policy.fixture.js';
import { workerSettings } from './worker.fixture.js';

const KEY = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const KILLS = 4;
const SUBJECTS = 5;
const AT_ONCE = 12;
/** Requests: some while a relay is at work, some while there is none. */
const [WHILE_RELAYED, WHILE_DOWN] = [5, 2];
const PATIENCE = { timeoutMs: 120_000, pauseMs: 20 };

const database = useDatabase();
const kafka = useKafka();
const services = useServices();
const flags = Array.from({ length: SUBJECTS }, () => aFlag());
let settings: Record<string, string>;
let base: string;
let token: string;

beforeAll(async () => {
  const { db } = database;
  const campaignId = randomUUID();
  await insertCampaign(db, { campaignId, category: 'hate', signature: [1], bands: [1] });
  await insertFlags(
    db,
    flags.map((flag) => ({ flag, campaignId, reported: false })),
  );
  const account = await addAccount(db, { name: 'ani', role: 'analyst', platform: null }, 'test');
  if (!account) throw new Error('there is an account already');
  const wanted = { name: 'test', permissions: null, lifeMs: 3_600_000, by: 'test' };
  token = (await createToken(db, account, wanted)).secret;
  settings = await workerSettings({ kafka, database }, aPolicy('http://demo.invalid'), { out: KEY, in: KEY });
  const feed = await services.start('feed', { SIAGA_DATABASE_URL: database.url, SIAGA_FEED_PORT: '0' });
  const line = await until('it serves', () => feed.logs.find((text) => text.includes('serving the feed')));
  base = (JSON.parse(line) as { address: string }).address;
}, 120_000);

let made = 0;
/** What people say of the flags in turn, again and again: so many requests of twelve decisions each. */
async function decide(requests: number): Promise<void> {
  for (let request = 0; request < requests; request++) {
    const decisions = Array.from({ length: AT_ONCE }, () => {
      const number = made++;
      return {
        decisionId: `made-${number}`,
        subject: { flagId: flags[number % SUBJECTS]!.flagId },
        ...(number % 3 === 0 ? { action: 'confirm' } : { action: 'dismiss', reason: 'quote' }),
      };
    });
    const answer = await fetch(`${base}/v1/decisions/bulk`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ decisions }),
    });
    const { results } = (await answer.json()) as { results: { status: number }[] };
    expect(results.map(({ status }) => status)).toEqual(decisions.map(() => 200));
  }
}

const published = () =>
  kafka.messages(kafka.topics.decisions.name).map(({ key, value }) => {
    const decoded = value && decisionCodec.decode(value);
    if (!value || !decoded?.ok) throw new Error('what was published is no decision');
    return { key: key?.toString(), id: decoded.value.decisionId, bytes: value.toString('base64') };
  });

it('publishes each decision, and all in their order, whenever the relay is killed', async () => {
  const waiting = async () => (await outboxBacklog(database.db)).events;
  for (let killed = 0; killed < KILLS; killed++) {
    const relay = await services.start('notify', settings, PATIENCE);
    const seen = published().length;
    const writing = decide(WHILE_RELAYED);
    // In the midst of its work: some of it is out, the rest waits or is being written.
    await until('it has published some', () => published().length > seen, PATIENCE);
    await relay.kill();
    await writing;
    await decide(WHILE_DOWN);
    expect(await waiting()).toBeGreaterThanOrEqual(WHILE_DOWN * AT_ONCE);
  }
  const last = await services.start('notify', settings, PATIENCE);
  await until('nothing waits', async () => (await waiting()) === 0, PATIENCE);
  await until('all are out', () => new Set(published().map(({ id }) => id)).size === made, PATIENCE);
  expect(await last.stop()).toBe(0);

  const all = published();
  const once = new Map(all.toReversed().map((one) => [one.id, one]));
  expect([...new Set(all.map(({ id }) => id))]).toEqual(Array.from({ length: made }, (_none, i) => `made-${i}`));
  // A crash between Kafka's word and the commit publishes a batch again, to the last byte the same: its id tells it.
  expect(all.filter((one) => once.get(one.id)?.bytes !== one.bytes || once.get(one.id)?.key !== one.key)).toEqual([]);
}, 400_000);
