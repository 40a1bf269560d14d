import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { outboundClient, type OutboundClient } from '@siaga/runtime';
import { evidenceOf, recordAnswer, settleParts, switchSending } from '@siaga/storage';
import { aFlag, type Receiver, startReceiver, useDatabase } from '@siaga/testkit';
import { runNotices } from './cli/run-notices.js';
import { channelTo, startNotices, type Notices } from './notices.fixture.js';
import { takeFallbacks } from './take-fallbacks.js';
import { watchDeadlines } from './watch-deadlines.js';

const database = useDatabase();
const RUMOUR = 'usir semua pendatang dari kampung kita sebelum mereka merebut tanah dan pekerjaan';
let notices: Notices;
let client: OutboundClient;
let first: Receiver;
let other: Receiver;
/** Attempts at the first way, whatever came of them. */
let tries: number;

beforeEach(async () => {
  notices = await startNotices(database);
  first = notices.receiver;
  other = await startReceiver();
  client = outboundClient({
    ...{ allowPrivateAddresses: true, userAgent: 'test', timeoutMs: 10_000, maxBodyBytes: 10_000 },
  });
  const { channelOf } = notices.options;
  const fallback = channelTo(other, client);
  notices.options = {
    ...notices.options,
    channelOf: (platform, channel) => (channel === 'fallback' ? fallback : channelOf(platform, channel)),
  };
  const policy = notices.policy();
  const demo = policy.platforms.demo!;
  notices.obey({
    ...policy,
    platforms: { demo: { ...demo, fallback: { kind: 'webhook', url: other.url, secret: 'out' } } },
  });
  tries = 0;
});
afterEach(async () => {
  await client.close();
  await other.close();
  await notices.close();
});

const rows = () =>
  database.db.query<{ id: string; notice: string; channel: string; state: string; opened: Date; due: Date }>(
    `select delivery_id as id, notice_id as notice, channel, state, n.created_at as opened, n.due_at as due
       from deliveries d join notices n using (notice_id) order by revision, d.created_at`,
  );
const the = async () => (await rows())[0]!;
/** Looks when that share of the time until the deadline has run, by several processes at once. */
async function look(share: number): Promise<void> {
  const { opened, due } = await the();
  // The database counts finer than a Date.
  const now = new Date(opened.getTime() + (due.getTime() - opened.getTime()) * share + 10);
  const { db, metrics } = notices.options;
  await Promise.all([1, 2, 3].map(() => takeFallbacks({ db, policy: notices.policy, metrics }, now)));
}
const failWith = (what: 'cut' | number) => (first.behave = () => (++tries, what));
const redirections = async () =>
  (await evidenceOf(database.db, (await the()).notice))
    .filter(({ event }) => event === 'delivery-redirected')
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
const received = () => [first.received.length, other.received.length];

async function begin(behaviour: 'cut' | number): Promise<void> {
  failWith(behaviour);
  await notices.record([aFlag({ post: { text: RUMOUR } })]);
  await notices.deliverAll();
}

describe('the fallback of a platform', () => {
  it('gets what the first way does not take once half of the time has gone by, once, and the log says why', async () => {
    await begin(503);
    await look(0.49);
    await notices.again();
    expect([tries, ...received()]).toEqual([2, 0, 0]);
    expect(await redirections()).toEqual([]);

    await look(0.5);
    first.behave = () => 'accept';
    await notices.again();
    expect(received()).toEqual([0, 1]);
    const { id, channel, state } = await the();
    expect([channel, state, other.received[0]?.id]).toEqual(['fallback', 'delivered', id]);
    expect(await redirections()).toEqual([
      { deliveryId: id, revision: 1, attempts: 2, from: 'webhook', to: 'fallback', why: 'failing' },
    ]);
    await look(0.9);
    expect(await redirections()).toHaveLength(1);
  });

  it('does not take over: the next revision goes the first way, and messages go where the notice is', async () => {
    await begin(503);
    await look(0.6);
    await notices.again();
    const { opened, due } = await the();
    const { db, metrics } = notices.options;
    const late = new Date((opened.getTime() + due.getTime()) / 2 + 10);
    await watchDeadlines({ db, policy: notices.policy, metrics }, late);
    first.behave = () => 'accept';
    await notices.record([aFlag({ post: { text: `${RUMOUR} !` } })]);
    await notices.again();
    expect(other.received.map(({ body }) => body.message ?? body.revision)).toEqual([1, 'reminder']);
    expect(first.received.map(({ body }) => [body.revision, body.supersedes])).toEqual([[2, 1]]);
  });

  it('gets what the first way refuses, while it can be in time', async () => {
    await begin(400);
    await look(1.01);
    expect(await redirections()).toEqual([]);
    await look(0.9);
    await notices.again();
    expect([tries, ...received()]).toEqual([1, 0, 1]);
    expect(await redirections()).toMatchObject([{ why: 'refused' }]);
  });

  it('gets what waits for a way that its other end has closed', async () => {
    await begin(410);
    await notices.record([
      aFlag({ post: { text: 'harga cabai naik karena orang dari seberang itu menimbun semuanya' } }),
    ]);
    await look(0.9);
    await notices.again();
    expect([tries, ...received()]).toEqual([1, 0, 2]);
    expect(await redirections()).toMatchObject([{ why: 'closed' }]);
  });

  it('gets nothing that may have arrived, even if it is refused later', async () => {
    await begin('cut');
    expect((await the()).state).toBe('uncertain');
    await look(0.9);
    expect((await the()).state).toBe('uncertain');
    // The platform forgets it, so that it is sent again after it has been asked for.
    first.received.length = 0;
    failWith(400);
    await notices.again();
    expect((await the()).state).toBe('failed');
    await look(0.9);
    expect(await redirections()).toEqual([]);

    const print = () => undefined;
    await runNotices(['send-again', (await the()).id, '--by', 'ani'], { databaseUrl: database.url, print });
    await notices.deliverAll();
    await look(0.9);
    await notices.again();
    expect(received()).toEqual([0, 1]);
  });

  it('gets nothing of which a part has arrived', async () => {
    await begin(503);
    const { id, notice, channel } = await the();
    const holder = { deliveryId: id, noticeId: notice, channel, attempts: 1 };
    await settleParts(database.db, holder, { items: ['http://demo.invalid/1'], state: 'acknowledged' });
    await look(0.9);
    expect(await redirections()).toEqual([]);
  });

  it('gets nothing that was not tried, is answered, or while nothing is sent', async () => {
    await notices.record([aFlag({ post: { text: RUMOUR } })]);
    await look(0.9);
    expect(await redirections()).toEqual([]);

    failWith(503);
    await notices.deliverAll();
    await switchSending(database.db, { stopped: true, by: 'test' });
    await look(0.9);
    expect(await redirections()).toEqual([]);
    await switchSending(database.db, { stopped: false, by: 'test' });
    const { notice: noticeId } = await the();
    await database.db.transaction((tx) => recordAnswer(tx, { answerId: 'a', noticeId, state: 'rejected' }));
    await look(0.9);
    expect(await redirections()).toEqual([]);
  });
});
