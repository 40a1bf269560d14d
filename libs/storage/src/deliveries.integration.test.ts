import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { aFlag, useDatabase } from '@siaga/testkit';
import {
  claimDelivery,
  freezePayload,
  insertCampaign,
  insertFlag,
  noticeItems,
  openNotice,
  recordAnswer,
  scheduleRevision,
  settleDelivery,
} from './index.js';

const database = useDatabase();
const HOUR_MS = 3_600_000;

async function aNotice() {
  const { db } = database;
  const campaignId = randomUUID();
  await insertCampaign(db, { campaignId, category: 'hate', signature: [1, 2], bands: [3, 4] });
  const { notice } = await openNotice(db, {
    noticeId: randomUUID(),
    campaignId,
    platform: 'demo',
    category: 'hate',
    urgency: 'normal',
    dueAt: new Date(Date.now() + HOUR_MS),
  });
  return notice;
}

const schedule = (noticeId: string, settleMs = 0) =>
  scheduleRevision(database.db, { deliveryId: randomUUID(), noticeId, channel: 'webhook', settleMs, revisionMs: 0 });

const claim = (leaseMs = 60_000) => database.db.transaction((tx) => claimDelivery(tx, leaseMs));

describe('deliveries', () => {
  beforeEach(() => database.db.query('truncate campaigns cascade'));

  it('opens one notice per campaign and platform', async () => {
    const notice = await aNotice();
    const again = await openNotice(database.db, { ...notice, noticeId: randomUUID() });
    expect(again).toEqual({ opened: false, notice });
  });

  it('lets posts join a revision that waits, and schedules the next one once it is frozen', async () => {
    const { noticeId } = await aNotice();
    await schedule(noticeId);
    await schedule(noticeId);
    const first = await claim();
    expect(first).toMatchObject({ noticeId, revision: 1, attempts: 1, payload: null, state: 'sending' });
    expect(await claim()).toBeUndefined();
    await freezePayload(database.db, first!.deliveryId, '{}');
    await schedule(noticeId);
    expect(await claim()).toMatchObject({ noticeId, revision: 2 });
  });

  it('takes first what is due first, also when a deadline has moved meanwhile', async () => {
    const [first, second] = [await aNotice(), await aNotice()];
    for (const { noticeId } of [first, second]) await schedule(noticeId);
    await database.db.query(`update notices set due_at = due_at + interval '1 day' where notice_id = $1`, [
      first.noticeId,
    ]);
    expect(await claim()).toMatchObject({ noticeId: second.noticeId });
    expect(await claim()).toMatchObject({ noticeId: first.noticeId });
  });

  it('waits until copies have gathered', async () => {
    const { noticeId } = await aNotice();
    await schedule(noticeId, HOUR_MS);
    expect(await claim()).toBeUndefined();
  });

  it('gives a dead holder’s delivery to the next one, to be asked after', async () => {
    const { noticeId } = await aNotice();
    await schedule(noticeId);
    await claim(-1);
    expect(await claim()).toMatchObject({ noticeId, attempts: 2, state: 'asking' });
  });

  it('does not call a refused attempt uncertain', async () => {
    const { noticeId } = await aNotice();
    await schedule(noticeId);
    const first = await claim();
    expect(await settleDelivery(database.db, first!, 'put-off', { error: 'HTTP 503' })).toBe(true);
    expect(await claim()).toMatchObject({ attempts: 2, state: 'sending' });
  });

  it('sends nothing twice and nothing after a rejection', async () => {
    const { noticeId } = await aNotice();
    await schedule(noticeId);
    const first = await claim();
    await freezePayload(database.db, first!.deliveryId, '{}');
    await settleDelivery(database.db, first!, 'acknowledged');
    expect(await claim()).toBeUndefined();
    expect(await recordAnswer(database.db, { answerId: 'a1', noticeId, state: 'rejected' })).toBe(true);
    expect(await recordAnswer(database.db, { answerId: 'a1', noticeId, state: 'received' })).toBe(false);
    await schedule(noticeId);
    expect(await claim()).toBeUndefined();
  });

  it('lists only the posts of the platform that it reports', async () => {
    const notice = await aNotice();
    const listed = aFlag();
    const { campaignId } = notice;
    await insertFlag(database.db, listed, { campaignId, reported: true });
    await insertFlag(database.db, aFlag(), { campaignId, reported: false });
    await insertFlag(database.db, aFlag({ post: { platform: 'other' } }), { campaignId, reported: true });
    const items = await noticeItems(database.db, notice);
    expect(items.map((item) => item.postId)).toEqual([listed.post.id]);
  });
});
