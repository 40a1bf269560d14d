import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { outboundClient } from '@siaga/runtime';
import { disableAccount, evidenceOf, findAccount, lockFlagWriting, recordDecision, removePosts } from '@siaga/storage';
import { aFlag, startReceiver, until, useDatabase, useServices, type Receiver } from '@siaga/testkit';
import type { FlagItem, RemovedEvent } from '../flag-item.js';
import type { AddedSubscription, SubscriptionItem } from '../routes/subscriptions.js';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { bearer } from '../visitors.fixture.js';
import { GIVE_UP_MS } from './retry-delay.js';
import { sendOne } from './send-subscriptions.js';
import { sender, SUBSCRIPTION_SECRET } from './subscriptions.fixture.js';

const database = useDatabase();
const services = useServices();
let feed: RunningFeed;
let sending: ReturnType<typeof sender>;
let receiver: Receiver;
let ana: Record<string, string>;
beforeAll(async () => {
  sending = sender(database);
  const { keys } = sending.options;
  feed = await startFeed(database, { subscriptions: { keys, allowPrivateAddresses: true } });
  ana = await bearer(database.db, 'analyst', 'ana');
});
afterAll(async () => {
  await feed.stop();
  await sending.close();
});
beforeEach(async () => {
  await database.db.query('truncate saved_queries cascade');
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

async function call<T>(
  method: string,
  url: string,
  body?: object,
  headers = ana,
): Promise<{ status: number; body: T }> {
  const answer = await fetch(feed.base + url, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text && JSON.parse(text)) as T };
}
/** A webhook of a new query; its receiver takes what is signed with its secret. */
async function subscribe(query: object, headers = ana): Promise<SubscriptionItem> {
  const saved = await call<{ queryId: string }>('POST', '/v1/queries', { name: 'Banjir', query }, headers);
  const way = { kind: 'webhook', url: receiver.url };
  const added = await call<AddedSubscription>('POST', `/v1/queries/${saved.body.queryId}/subscriptions`, way, headers);
  expect(added.status).toBe(201);
  receiver.secret = added.body.secret!;
  return added.body.subscription;
}
const now = async () => (await call<{ items: SubscriptionItem[] }>('GET', '/v1/subscriptions')).body.items[0]!;
const record = async (flags: ReturnType<typeof aFlag>[]) =>
  recordFlags(database.db, await openCampaign(database.db), flags);
const floods = (count: number) => Array.from({ length: count }, (_, i) => aFlag({ post: { text: `banjir ke-${i}` } }));
const data = ({ body }: Receiver['received'][number]) => body.data as { flags: FlagItem[]; removed: RemovedEvent[] };
const received = () => receiver.received.flatMap((message) => data(message).flags.map(({ flagId }) => flagId));
const idsOf = (flags: ReturnType<typeof aFlag>[]) => flags.map(({ flagId }) => flagId);

describe('a webhook of a saved query', () => {
  it('is told of its flags in order, signed, in batches, and of none from before', async () => {
    await record(floods(2));
    await subscribe({ q: 'banjir' });
    const flags = floods(120);
    await record([...flags, aFlag({ post: { text: 'gempa' } })]);
    await sending.sendAll();
    expect(received()).toEqual(idsOf(flags));
    expect(receiver.received.length).toBe(3);
    expect(await now()).toMatchObject({ sentFlags: 120, failures: 0, state: 'active', lastError: null });
    expect(await sending.registry.metrics()).toContain('siaga_feed_subscription_flags_total{kind="webhook"} 120');
  });

  it('repeats under the same id what may have arrived, with nothing missed and nothing new in it', async () => {
    await subscribe({ q: 'banjir' });
    const [first, second] = [floods(3), floods(3)];
    receiver.behave = () => 'cut';
    await record(first);
    await sending.sendOnce();
    await record(second);
    receiver.behave = () => 503;
    await sending.sendOnce();
    expect(await now()).toMatchObject({ failures: 2, lastError: 'HTTP 503' });
    receiver.behave = () => 'accept';
    await sending.sendAll();
    const [cut, repeated, next] = receiver.received;
    expect(repeated!.id).toBe(cut!.id);
    expect(data(repeated!).flags.map(({ flagId }) => flagId)).toEqual(idsOf(first));
    expect(data(next!).flags.map(({ flagId }) => flagId)).toEqual(idsOf(second));
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(2);
    expect(await now()).toMatchObject({ failures: 0, failingSince: null });
  });

  it('never sends a post that was taken down, and tells who has it already', async () => {
    await subscribe({ q: 'banjir' });
    const [sent, gone, left] = floods(3) as [
      ReturnType<typeof aFlag>,
      ReturnType<typeof aFlag>,
      ReturnType<typeof aFlag>,
    ];
    await record([sent]);
    await sending.sendAll();
    receiver.behave = () => 503;
    await record([gone, left]);
    await sending.sendOnce();
    await database.db.transaction((tx) =>
      removePosts(
        tx,
        [sent, gone].map(({ post }) => ({ what: 'post', postId: post.id })),
      ),
    );
    // What people decide between two tries changes nothing about what was begun.
    const decision = {
      decisionId: 'd1',
      action: 'dismiss',
      decidedBy: 'ana',
      decidedAt: new Date().toISOString(),
    } as const;
    await database.db.transaction(async (tx) => {
      await lockFlagWriting(tx);
      await recordDecision(tx, { ...decision, subject: { flagId: left.flagId } });
    });
    receiver.behave = () => 'accept';
    await sending.sendAll();
    expect(received()).toEqual(idsOf([sent, left]));
    const removed = receiver.received.flatMap((message) => data(message).removed.map(({ flagId }) => flagId));
    expect(removed).toEqual(idsOf([sent, gone]));
    expect(JSON.stringify(receiver.received.slice(1))).not.toContain(gone.post.text);
  });

  it('ends when its receiver is gone, or has taken nothing for days, and goes on where it stopped when asked', async () => {
    const { subscriptionId } = await subscribe({ q: 'banjir' });
    const flags = floods(2);
    receiver.behave = () => 410;
    await record(flags);
    await sending.sendOnce();
    expect(await now()).toMatchObject({ state: 'ended', endedWhy: 'HTTP 410' });
    expect((await evidenceOf(database.db, `subscription:${subscriptionId}`)).map(({ event }) => event)).toEqual([
      'subscription-ended',
    ]);
    receiver.behave = () => 'accept';
    expect(await sending.sendOnce()).toBe(false);
    await call('PATCH', `/v1/subscriptions/${subscriptionId}`, { active: true });
    receiver.behave = () => 500;
    await sending.sendOnce();
    await database.db.query(`update subscriptions set failing_since = now() - $1 * interval '1 millisecond'`, [
      GIVE_UP_MS,
    ]);
    await sending.sendOnce();
    expect(await now()).toMatchObject({ state: 'ended', endedWhy: 'HTTP 500' });
    receiver.behave = () => 'accept';
    await call('PATCH', `/v1/subscriptions/${subscriptionId}`, { active: true });
    await sending.sendAll();
    expect(received()).toEqual(idsOf(flags));
  });

  it('is sent nothing once its owner may not read, or the query is no longer shared', async () => {
    const dewi = await bearer(database.db, 'analyst', 'dewi');
    const { queryId } = await subscribe({ q: 'banjir' });
    await call('PATCH', `/v1/queries/${queryId}`, { shared: true });
    const way = { kind: 'webhook', url: receiver.url };
    const { body } = await call<AddedSubscription>('POST', `/v1/queries/${queryId}/subscriptions`, way, dewi);
    receiver.secret = body.secret!;
    await call('DELETE', `/v1/subscriptions/${(await now()).subscriptionId}`);
    await call('PATCH', `/v1/queries/${queryId}`, { shared: false });
    await record(floods(1));
    expect(await sending.sendOnce()).toBe(false);
    await call('PATCH', `/v1/queries/${queryId}`, { shared: true });
    const account = (await findAccount(database.db, 'dewi'))!;
    await disableAccount(database.db, account, true, 'test');
    expect(await sending.sendOnce()).toBe(false);
    await disableAccount(database.db, account, false, 'test');
    await sending.sendAll();
    expect(received().length).toBe(1);
  });

  it('reaches no private address unless a setting lets it, and takes no address without encryption then', async () => {
    await subscribe({ q: 'banjir' });
    await record(floods(1));
    const client = outboundClient({
      allowPrivateAddresses: false,
      userAgent: 'test',
      timeoutMs: 5_000,
      maxBodyBytes: 1_000,
    });
    const { options } = sending;
    await database.db.query('update subscriptions set due_at = now()');
    await sendOne({ ...options, client });
    await client.close();
    expect(receiver.received).toEqual([]);
    expect(await now()).toMatchObject({ failures: 1, lastError: 'refused: private address' });
    const strict = await startFeed(database, { subscriptions: { keys: options.keys, allowPrivateAddresses: false } });
    const answer = await fetch(`${strict.base}/v1/queries/${(await now()).queryId}/subscriptions`, {
      ...{ method: 'POST', headers: { ...ana, 'content-type': 'application/json' } },
      body: JSON.stringify({ kind: 'webhook', url: 'http://contoh.test/' }),
    });
    await strict.stop();
    expect(answer.status).toBe(400);
  });

  it('keeps no secret in the database, and shows none again', async () => {
    await subscribe({ q: 'banjir' });
    const key = receiver.secret.replace('whsec_', '');
    const rows = await database.db.query<{ row: string }>('select subscriptions::text as row from subscriptions');
    expect(rows.some(({ row }) => row.includes(key))).toBe(false);
    expect(JSON.stringify(await now())).not.toContain(key);
  });

  it('misses nothing when processes that share it are killed in the middle', async () => {
    await subscribe({ q: 'banjir' });
    const folder = await mkdtemp(path.join(tmpdir(), 'siaga-feed-'));
    const secrets = path.join(folder, 'secrets.json');
    await writeFile(secrets, JSON.stringify({ 'subscription-key': SUBSCRIPTION_SECRET }), { mode: 0o600 });
    const env = {
      ...{ SIAGA_DATABASE_URL: database.url, SIAGA_FEED_PORT: '0', SIAGA_SECRETS_FILE: secrets },
      ...{ SIAGA_ALLOW_PRIVATE_ADDRESSES: 'true', SIAGA_LOG_LEVEL: 'warn' },
    };
    const patience = { timeoutMs: 60_000 };
    const [first, second] = await Promise.all([
      services.start('feed', env, patience),
      services.start('feed', env, patience),
    ]);
    const flags = floods(300);
    for (let from = 0; from < 150; from += 30) await record(flags.slice(from, from + 30));
    await until('some have come', () => received().length > 0, patience);
    await first.kill();
    for (let from = 150; from < 300; from += 30) await record(flags.slice(from, from + 30));
    // As if the lease of the one that was killed had run out.
    await database.db.query('update subscriptions set leased_until = now()');
    const all = new Set(idsOf(flags));
    await until('all have come', () => new Set(received()).size === all.size, patience);
    expect(new Set(received())).toEqual(all);
    // What came twice came under the same id.
    const seen = new Map<string, string>();
    for (const message of receiver.received) {
      for (const { flagId } of data(message).flags) {
        expect(seen.get(flagId) ?? message.id).toBe(message.id);
        seen.set(flagId, message.id);
      }
    }
    expect(await second.stop()).toBe(0);
  });
});
