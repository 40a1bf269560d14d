import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { evidenceOf, openNotice, scheduleRevision, switchSending } from '@siaga/storage';
import { until, useDatabase } from '@siaga/testkit';
import { openCampaign, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import type { Sending } from './sending.js';

const database = useDatabase();
let feed: RunningFeed;
beforeAll(async () => {
  feed = await startFeed(database);
});
afterAll(() => feed.stop());
beforeEach(() => switchSending(database.db, { stopped: false, by: 'before' }));

const status = async () => (await feed.app.inject('/v1/sending')).json<Sending>();
const send = (body: object, headers: Record<string, string> = {}) =>
  feed.app.inject({ method: 'POST', url: '/v1/sending', payload: body, headers });

describe('/v1/sending', () => {
  it('stops all sending and lets it go on, and says who did it, when and why', async () => {
    const before = await status();
    expect(before).toMatchObject({ stopped: false, waiting: 0 });
    const stopped = await send({ stopped: true, by: 'Rini', reason: 'salah blok' });
    expect(stopped.json()).toMatchObject({ changed: true, stopped: true, changedBy: 'Rini', reason: 'salah blok' });
    // The second of two finds who was first.
    expect((await send({ stopped: true, by: 'Budi', reason: 'sama' })).json()).toMatchObject({
      ...{ changed: false, stopped: true, changedBy: 'Rini' },
    });
    expect((await status()).changedBy).toBe('Rini');
    expect((await send({ stopped: false, by: 'Budi' })).json()).toMatchObject({ stopped: false, changedBy: 'Budi' });
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
    ['without a reason', { stopped: true, by: 'Rini' }, 400],
    ['without a name', { stopped: true, by: '  ', reason: 'x' }, 400],
    ['with a line break in the name', { stopped: true, by: 'Rini\nBudi', reason: 'x' }, 400],
    ['with what we do not know', { stopped: true, by: 'Rini', reason: 'x', force: true }, 400],
  ])('stops nothing %s', async (_what, body, code) => {
    expect((await send(body)).statusCode).toBe(code);
    expect((await status()).stopped).toBe(false);
  });

  it('takes no change, and no decision, from another site', async () => {
    const elsewhere = { 'sec-fetch-site': 'cross-site' };
    expect((await send({ stopped: true, by: 'Rini', reason: 'x' }, elsewhere)).statusCode).toBe(403);
    expect((await status()).stopped).toBe(false);
    const payload = { subject: { flagId: 'demo:1#hate' }, action: 'confirm', decidedBy: 'x' };
    const decision = await feed.app.inject({ method: 'POST', url: '/v1/decisions', payload, headers: elsewhere });
    expect(decision.statusCode).toBe(403);
  });
});
