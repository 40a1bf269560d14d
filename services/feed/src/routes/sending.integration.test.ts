import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { evidenceOf, openNotice, scheduleRevision, switchSending } from '@siaga/storage';
import { until, useDatabase } from '@siaga/testkit';
import { openCampaign, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { bearer } from '../visitors.fixture.js';
import type { Sending } from './sending.js';

const database = useDatabase();
let feed: RunningFeed;
let rini: { authorization: string };
let budi: { authorization: string };
beforeAll(async () => {
  feed = await startFeed(database);
  rini = await bearer(database.db, 'lead', 'Rini');
  budi = await bearer(database.db, 'admin', 'Budi');
});
afterAll(() => feed.stop());
beforeEach(() => switchSending(database.db, { stopped: false, by: 'before' }));

const status = async () => (await feed.app.inject('/v1/sending')).json<Sending>();
const send = (body: object, headers: Record<string, string> = rini) =>
  feed.app.inject({ method: 'POST', url: '/v1/sending', payload: body, headers });

describe('/v1/sending', () => {
  it('stops all sending and lets it go on, and says who did it, when and why', async () => {
    const before = await status();
    expect(before).toMatchObject({ stopped: false, waiting: 0 });
    const stopped = await send({ stopped: true, reason: 'salah blok' });
    expect(stopped.json()).toMatchObject({ changed: true, stopped: true, changedBy: 'Rini', reason: 'salah blok' });
    // The second of two finds who was first.
    expect((await send({ stopped: true, reason: 'sama' }, budi)).json()).toMatchObject({
      ...{ changed: false, stopped: true, changedBy: 'Rini' },
    });
    expect((await status()).changedBy).toBe('Rini');
    expect((await send({ stopped: false }, budi)).json()).toMatchObject({ stopped: false, changedBy: 'Budi' });
    const log = (await evidenceOf(database.db, 'sending')).map(({ event }) => event);
    expect(log.slice(-2)).toEqual(['sending-stopped', 'sending-resumed']);
  });

  it('counts what waits', async () => {
    const { db } = database;
    const noticeId = randomUUID();
    const [campaignId, dueAt] = [await openCampaign(db), new Date()];
    await openNotice(db, { noticeId, campaignId, platform: 'demo', category: 'hate', urgency: 'normal', dueAt });
    const delivery = { deliveryId: randomUUID(), noticeId, channel: 'webhook' };
    await scheduleRevision(db, { ...delivery, settleMs: 0, revisionMs: 0 });
    // The count is kept for a moment.
    await until('it is counted', async () => (await status()).waiting === 1);
  });

  it.each([
    ['without a reason', { stopped: true }, 400],
    ['in the name of somebody else', { stopped: true, by: 'Budi', reason: 'x' }, 400],
    ['with a line break in the reason', { stopped: true, reason: 'x\ny' }, 400],
    ['with what we do not know', { stopped: true, reason: 'x', force: true }, 400],
  ])('stops nothing %s', async (_what, body, code) => {
    expect((await send(body)).statusCode).toBe(code);
    expect((await status()).stopped).toBe(false);
  });

  it('takes no change, and no decision, from another site', async () => {
    const elsewhere = { ...rini, 'sec-fetch-site': 'cross-site' };
    expect((await send({ stopped: true, reason: 'x' }, elsewhere)).statusCode).toBe(403);
    expect((await status()).stopped).toBe(false);
    const payload = { subject: { flagId: 'demo:1#hate' }, action: 'confirm' };
    const decision = await feed.app.inject({ method: 'POST', url: '/v1/decisions', payload, headers: elsewhere });
    expect(decision.statusCode).toBe(403);
  });
});
