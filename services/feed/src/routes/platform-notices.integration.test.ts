import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addAccount, createToken, evidenceOf, scheduleRevision, verifyEvidence, type Account } from '@siaga/storage';
import { useDatabase } from '@siaga/testkit';
import type { RouteOptions } from 'fastify';
import { anAnswer, anAttempt, aNotice, aSentNotice } from '../notice.fixture.js';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { sessionCookie } from '../visitors.fixture.js';
import type { PlatformNoticeDetail } from '../platform-notice.js';
import type { PlatformNoticePage } from './platform-notices.js';

const database = useDatabase();
let feed: RunningFeed;
const declared: RouteOptions[] = [];
beforeAll(async () => {
  const onRoute = (route: RouteOptions) => void declared.push(route);
  feed = await startFeed(database, { access: { anonymous: 'nobody' }, onRoute });
});
afterAll(() => feed.stop());
beforeEach(() => database.db.query('truncate campaigns cascade'));

const HOUR_MS = 3_600_000;
const HOST = 'siaga.test';

const deskOf = async (platform: string): Promise<{ account: Account; headers: Record<string, string> }> => {
  const account = await addAccount(
    database.db,
    { name: `${platform}-${randomUUID()}`, role: 'platform', platform },
    't',
  );
  if (!account) throw new Error('the name is taken');
  const { name, value } = await sessionCookie(database.db, account);
  return { account, headers: { host: HOST, origin: `http://${HOST}`, cookie: `${name}=${value}` } };
};
const get = (url: string, headers: Record<string, string>) => feed.app.inject({ url, headers });
const list = async (headers: Record<string, string>, query = '') =>
  (await get(`/v1/platform/notices${query}`, headers)).json<PlatformNoticePage>();
const one = async (headers: Record<string, string>, id: string) =>
  (await get(`/v1/platform/notices/${id}`, headers)).json<PlatformNoticeDetail>();
const answer = (headers: Record<string, string>, id: string, payload: object) =>
  feed.app.inject({ method: 'POST', url: `/v1/platform/notices/${id}/answers`, headers, payload });

describe("a platform's people", () => {
  it('see what they were sent, the most urgent first, and nothing of how the desk came to it', async () => {
    const { db } = database;
    const later = await aSentNotice(db, { dueInHours: 9, platform: 'alpha' });
    const urgent = await aSentNotice(db, { dueInHours: 1, platform: 'alpha' });
    await db.query('update notices set reviewed_by = $1', ['Budi dari posko']);
    const { headers } = await deskOf('alpha');
    const page = await list(headers);
    expect(page.items.map(({ noticeId }) => noticeId)).toEqual([urgent.noticeId, later.noticeId]);
    expect(page.items[0]).toMatchObject({ category: 'hate', answerState: null, revision: 1, posts: 1 });
    const first = await list(headers, '?limit=1');
    expect(first.next).toBe(urgent.noticeId);
    expect(await list(headers, `?limit=1&after=${first.next}`)).toMatchObject({
      items: [{ noticeId: later.noticeId }],
      next: null,
    });
    const detail = await one(headers, urgent.noticeId);
    expect(detail).toMatchObject({
      items: [{ url: urgent.flag.post.url, score: 0.97 }],
      notifier: { name: 'Posko Contoh' },
      ...{ answers: [], messages: [] },
    });
    expect(JSON.stringify([page, detail])).not.toContain('Budi');
  });

  it('do not see what has not reached them', async () => {
    const { db } = database;
    const { noticeId } = await aNotice(db, { dueInHours: 1, platform: 'alpha' });
    const { headers } = await deskOf('alpha');
    expect(await list(headers)).toEqual({ items: [], next: null });
    expect((await get(`/v1/platform/notices/${noticeId}`, headers)).statusCode).toBe(404);
    expect((await answer(headers, noticeId, { state: 'received' })).statusCode).toBe(404);
  });

  it('see the latest revision that they have, and the messages about it', async () => {
    const { db } = database;
    const { noticeId } = await aSentNotice(db, { dueInHours: 1, platform: 'alpha' });
    const message = { information: 'Tangkapan layar menyusul.', items: [] };
    await db.query(
      `insert into deliveries (delivery_id, notice_id, revision, channel, kind, state, payload, next_attempt_at, delivered_at)
       values ($1, $2, 1, 'webhook', 'information', 'delivered', $3, now(), now())`,
      [randomUUID(), noticeId, JSON.stringify(message)],
    );
    await scheduleRevision(db, { deliveryId: randomUUID(), noticeId, channel: 'webhook', settleMs: 0, revisionMs: 0 });
    const { headers } = await deskOf('alpha');
    expect(await one(headers, noticeId)).toMatchObject({
      revision: 1,
      messages: [{ kind: 'information', information: 'Tangkapan layar menyusul.' }],
    });
    const before = await one(headers, noticeId);
    await anAttempt(db, 'acknowledged', undefined, { ...sentAgain(before), revision: 2 });
    expect(await one(headers, noticeId)).toMatchObject({ revision: 2 });
  });

  it('answer, once under one id, under the name of their account and with evidence', async () => {
    const { db } = database;
    const { noticeId } = await aSentNotice(db, { dueInHours: 1, platform: 'alpha' });
    const { account, headers } = await deskOf('alpha');
    const given = { answerId: randomUUID(), state: 'disputed', reason: 'Ini satire.', reference: 'K-17' };
    expect((await answer(headers, noticeId, given)).json()).toEqual({ answerId: given.answerId, recorded: true });
    expect((await answer(headers, noticeId, given)).json()).toMatchObject({ recorded: false });
    expect(await one(headers, noticeId)).toMatchObject({
      answerState: 'disputed',
      answers: [{ state: 'disputed', reason: 'Ini satire.', reference: 'K-17', answeredBy: account.name }],
    });
    const rows = (await evidenceOf(db, noticeId)).map(({ event, body }) => ({ event, ...JSON.parse(body) }));
    expect(rows).toMatchObject([{ event: 'answer-received', state: 'disputed', by: account.name }]);
    expect(JSON.stringify(rows)).not.toContain('satire');
    expect(await verifyEvidence(db)).toMatchObject({ whole: true });
  });

  it('stop the clock while they wait for information, and settle', async () => {
    const { noticeId } = await aSentNotice(database.db, { dueInHours: 1, platform: 'alpha' });
    const { headers } = await deskOf('alpha');
    await answer(headers, noticeId, { state: 'needs_info', reason: 'Unggahan yang mana?' });
    expect((await one(headers, noticeId)).pausedAt).not.toBeNull();
    await answer(headers, noticeId, { state: 'actioned' });
    expect(await one(headers, noticeId)).toMatchObject({ pausedAt: null, answerState: 'actioned' });
    expect((await list(headers)).items).toEqual([]);
    expect((await list(headers, '?state=settled')).items).toHaveLength(1);
  });

  it.each([
    [{ state: 'solved' }],
    [{ state: 'received', by: 'Budi' }],
    [{ state: 'disputed' }],
    [{ state: 'needs_info', reason: '  ' }],
    [{ state: 'rejected', reason: 'x'.repeat(4_001) }],
    [{ state: 'rejected', reason: 'a\u0000' }],
    [{}],
  ])('are told what is wrong with %j', async (payload) => {
    const { noticeId } = await aSentNotice(database.db, { dueInHours: 1, platform: 'alpha' });
    expect((await answer((await deskOf('alpha')).headers, noticeId, payload)).statusCode).toBe(400);
  });

  it('may give a program of theirs a token that answers', async () => {
    const { noticeId } = await aSentNotice(database.db, { dueInHours: 1, platform: 'alpha' });
    const { account } = await deskOf('alpha');
    const scope = { name: 't', permissions: ['answer-own-notices'], lifeMs: HOUR_MS, by: account.name };
    const { secret } = await createToken(database.db, account, scope);
    const headers = { authorization: `Bearer ${secret}` };
    expect((await answer(headers, noticeId, { state: 'received' })).json()).toMatchObject({ recorded: true });
    expect((await get('/v1/notices', headers)).statusCode).toBe(403);
  });
});

describe("another platform's notices", () => {
  it('are behind no route: none tells a word of them, and none changes them', async () => {
    const { db } = database;
    const theirs = await aSentNotice(db, { dueInHours: 1, platform: 'beta', explanation: 'rahasia-beta' });
    await anAnswer(db, theirs.noticeId, 'under_review', 'alasan-beta');
    const own = await aSentNotice(db, { dueInHours: 2, platform: 'alpha' });
    const { account, headers } = await deskOf('alpha');
    const { secret } = await createToken(db, account, { name: 't', permissions: null, lifeMs: HOUR_MS, by: 't' });
    const before = await db.query('select * from answers');
    // Flag, campaign, delivery and notice: whatever the route's parameter means, it is theirs.
    const ids = [theirs.noticeId, theirs.deliveryId, theirs.campaignId, encodeURIComponent(theirs.flag.flagId)];
    const words = [
      ...ids,
      theirs.flag.flagId,
      theirs.flag.post.id,
      theirs.flag.post.text,
      'rahasia-beta',
      'alasan-beta',
    ];
    const told: string[] = [];
    let answered = 0;
    for (const { method, url } of declared) {
      for (const one of [method].flat()) {
        if (one === 'DELETE' && url === '/v1/session') continue;
        for (const id of /:\w+/.test(url) ? ids : ['']) {
          for (const by of [headers, { authorization: `Bearer ${secret}` }]) {
            const address = url.replace(/:\w+/g, id) + (one === 'GET' && !/:\w+/.test(url) ? '?platform=beta' : '');
            for (const target of new Set([address, address.replace('?platform=beta', '')])) {
              const payload = { state: 'actioned', subject: { flagId: theirs.flag.flagId }, action: 'confirm' };
              const body = one === 'GET' || one === 'HEAD' ? {} : { payload };
              const reply = await feed.app.inject({ method: one as 'GET', url: target, headers: by, ...body });
              if (reply.statusCode < 300) answered++;
              // What a refusal repeats is what was asked.
              const heard = words.filter((word) => !target.includes(word) && reply.body.includes(word));
              if (heard.length > 0 || (id !== '' && reply.statusCode < 300))
                told.push(`${one} ${target}: ${heard.join()}`);
            }
          }
        }
      }
    }
    expect(told).toEqual([]);
    // It has looked: its own list and its own account answer.
    expect(answered).toBeGreaterThan(4);
    expect((await list(headers)).items.map(({ noticeId }) => noticeId)).toEqual([own.noticeId]);
    expect(await list(headers, `?after=${theirs.noticeId}`)).toEqual({ items: [], next: null });
    expect(await db.query('select * from answers')).toEqual(before);
  });
});

/** As notify would send it again. */
const sentAgain = (detail: PlatformNoticeDetail) => ({
  ...{ instrument: detail.instrument, explanation: detail.explanation, language: detail.language },
  ...{ good_faith: detail.goodFaith, legal_basis: detail.legalBasis, notifier: detail.notifier },
  ...{ human_reviewed: detail.humanReviewed, model: detail.model, items: detail.items, claims: detail.claims },
});
