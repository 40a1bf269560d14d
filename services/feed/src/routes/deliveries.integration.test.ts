import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { evidenceOf } from '@siaga/storage';
import { useDatabase } from '@siaga/testkit';
import { aNotice, anAttempt } from '../notice.fixture.js';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { bearer } from '../visitors.fixture.js';
import type { NoticeDetail } from './notices.js';

const database = useDatabase();
let feed: RunningFeed;
let rini: { authorization: string };
let budi: { authorization: string };
beforeAll(async () => {
  feed = await startFeed(database);
  rini = await bearer(database.db, 'analyst', 'Rini');
  budi = await bearer(database.db, 'analyst', 'Budi');
});
afterAll(() => feed.stop());
beforeEach(() => database.db.query('truncate campaigns cascade'));

const decide = async (deliveryId: string, payload: object, headers: Record<string, string> = rini) => {
  const url = `/v1/deliveries/${deliveryId}/decision`;
  const answer = await feed.app.inject({ method: 'POST', url, payload, headers });
  return { status: answer.statusCode, ...answer.json<{ state?: string; detail?: string }>() };
};
const deliveryOf = async (noticeId: string) =>
  (await feed.app.inject(`/v1/notices/${noticeId}`)).json<NoticeDetail>().deliveries[0];

describe('POST /v1/deliveries/{id}/decision', () => {
  it.each([
    ['arrived', 'delivered'],
    ['send-again', 'scheduled'],
  ])('takes "%s" of a delivery that nobody is sure of, once, and logs who said it', async (word, state) => {
    const { noticeId, deliveryId } = await aNotice(database.db, { dueInHours: 1 });
    await anAttempt(database.db, 'untold', 'the connection broke');
    expect(await deliveryOf(noticeId)).toMatchObject({ state: 'unsure', words: ['arrived', 'send-again'] });
    expect(await decide(deliveryId, { word })).toMatchObject({ status: 200, state });
    expect(await deliveryOf(noticeId)).toMatchObject({ state, words: [] });
    // A colleague who has not seen it yet.
    expect(await decide(deliveryId, { word }, budi)).toMatchObject({
      ...{ status: 409, detail: `the delivery is ${state}: there is no "${word}" to be said of it` },
    });
    const log = await evidenceOf(database.db, noticeId);
    expect(log.map(({ event, body }) => [event, JSON.parse(body)])).toEqual([
      ['delivery-decided', { deliveryId, word, by: 'Rini' }],
    ]);
  });

  it('gives what is forwarded by hand as text, and takes that it was sent', async () => {
    const { noticeId, deliveryId } = await aNotice(database.db, { dueInHours: 1 });
    const words = {
      explanation: 'Tiga salinan.',
      legal_basis: ['UU ITE'],
      good_faith: 'Dengan iktikad baik.',
      urls: ['https://a.example/1', 'https://a.example/2'],
    };
    await anAttempt(database.db, 'handed-over', undefined, words);
    expect(await deliveryOf(noticeId)).toMatchObject({
      ...{ state: 'by-hand', words: ['arrived'] },
      toForward: 'Tiga salinan.\nUU ITE\nDengan iktikad baik.\nhttps://a.example/1\nhttps://a.example/2',
    });
    expect(await decide(deliveryId, { word: 'send-again' })).toMatchObject({ status: 409 });
    expect(await decide(deliveryId, { word: 'arrived' })).toMatchObject({ state: 'delivered' });
    expect(await deliveryOf(noticeId)).toMatchObject({ toForward: null, deliveredAt: expect.any(String) });
  });

  it('refuses what is no word, the name of somebody else, nobody, and a delivery that is not there', async () => {
    const { deliveryId } = await aNotice(database.db, { dueInHours: 1 });
    await anAttempt(database.db, 'untold');
    for (const body of [{ word: 'perhaps' }, { word: 'arrived', by: 'Budi' }, {}]) {
      expect(await decide(deliveryId, body)).toMatchObject({ status: 400 });
    }
    expect(await decide(randomUUID(), { word: 'arrived' })).toMatchObject({ status: 404 });
    expect(await decide(deliveryId, { word: 'arrived' }, {})).toMatchObject({ status: 401 });
    expect(await decide('none', { word: 'arrived' })).toMatchObject({ status: 400 });
  });
});
