import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendEvidence } from '@siaga/storage';
import { useDatabase } from '@siaga/testkit';
import { aNotice as seedNotice, anAnswer, anAttempt } from '../notice.fixture.js';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';
import type { NoticePage } from './notices.js';

const database = useDatabase();
let feed: RunningFeed;
beforeAll(async () => {
  feed = await startFeed(database);
});
afterAll(() => feed.stop());
beforeEach(() => database.db.query('truncate campaigns cascade'));

const aNotice = (dueInHours: number, platform = 'demo') => seedNotice(database.db, { dueInHours, platform });
const answer = (noticeId: string, state: string, reason?: string) => anAnswer(database.db, noticeId, state, reason);
const get = async (query = '') => (await feed.app.inject(`/v1/notices${query}`)).json<NoticePage>();
const ids = ({ items }: NoticePage) => items.map(({ noticeId }) => noticeId);

describe('GET /v1/notices', () => {
  it('lists what is open by its deadline, the overdue first, and what is settled apart', async () => {
    const [later, overdue, soon] = [await aNotice(9), await aNotice(-1), await aNotice(2, 'other')];
    const [done, refused] = [await aNotice(-5), await aNotice(-3)];
    await answer(done.noticeId, 'actioned');
    await answer(refused.noticeId, 'rejected');
    await answer(soon.noticeId, 'under_review');
    const open = await get();
    expect(ids(open)).toEqual([overdue, soon, later].map(({ noticeId }) => noticeId));
    expect(open.items[0]).toMatchObject({ platform: 'demo', deliveryState: 'scheduled', answerState: null, posts: 1 });
    expect(ids(await get('?state=settled'))).toEqual([refused.noticeId, done.noticeId]);
    expect(ids(await get('?state=actioned'))).toEqual([done.noticeId]);
    expect(ids(await get('?state=under_review'))).toEqual([soon.noticeId]);
    expect(ids(await get('?state=scheduled&platform=demo'))).toEqual([overdue.noticeId, later.noticeId]);
    expect(ids(await get('?platform=other'))).toEqual([soon.noticeId]);
  });

  it('filters by category, and finds what needs a person, settled or not', async () => {
    const hoax = await seedNotice(database.db, { dueInHours: 1, category: 'hoax' });
    await anAttempt(database.db, 'untold');
    const [refused, disputed] = [await aNotice(2), await aNotice(3)];
    const fine = await aNotice(4);
    await answer(refused.noticeId, 'rejected');
    await answer(disputed.noticeId, 'disputed');
    await answer(fine.noticeId, 'received');
    expect(ids(await get('?category=hoax'))).toEqual([hoax.noticeId]);
    const attention = await get('?state=attention');
    expect(ids(attention)).toEqual([hoax, refused, disputed].map(({ noticeId }) => noticeId));
    expect(attention.items.every(({ needsAttention }) => needsAttention)).toBe(true);
    expect((await get('?state=received')).items[0]).toMatchObject({ needsAttention: false });
    expect(ids(await get('?state=attention&category=hate'))).toHaveLength(2);
  });

  it('answers 304 until something changes', async () => {
    const { noticeId } = await aNotice(1);
    const first = await feed.app.inject('/v1/notices');
    const again = () =>
      feed.app.inject({ url: '/v1/notices', headers: { 'if-none-match': String(first.headers.etag) } });
    expect((await again()).statusCode).toBe(304);
    await answer(noticeId, 'received');
    expect((await again()).statusCode).toBe(200);
  });

  it('takes alternatives, a campaign, and either order', async () => {
    const [soon, later] = [await aNotice(1), await aNotice(2)];
    await answer(soon.noticeId, 'actioned');
    expect(ids(await get('?state=open&state=settled&sort=-dueAt'))).toEqual([later.noticeId, soon.noticeId]);
    expect(ids(await get(`?state=open&state=settled&campaign=${soon.campaignId}`))).toEqual([soon.noticeId]);
    expect(ids(await get('?state=open&from=2030-01-01T00:00:00Z'))).toEqual([]);
  });

  it.each(['open', 'settled'])('pages through those that are %s, each once, equal deadlines too', async (state) => {
    const notices = await Promise.all([1, 1, 2, 3, 4].map((hours) => aNotice(hours)));
    await database.db.query(`update notices set due_at = '2026-11-01T00:00:00.123456Z' where notice_id = any($1)`, [
      notices.slice(0, 3).map(({ noticeId }) => noticeId),
    ]);
    if (state === 'settled') for (const { noticeId } of notices) await answer(noticeId, 'actioned');
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: NoticePage = await get(`?state=${state}&limit=2${next && `&cursor=${next}`}`);
      seen.push(...ids(page));
      next = page.next;
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen)).toEqual(new Set(notices.map(({ noticeId }) => noticeId)));
  });
});

describe('GET /v1/notices/{id}', () => {
  it('tells all that came of a notice', async () => {
    const { db } = database;
    const { noticeId, deliveryId, campaignId, flag } = await aNotice(4);
    await anAttempt(db, 'cut-off', 'HTTP 503');
    await answer(noticeId, 'rejected', 'tidak melanggar');
    await db.transaction((tx) => appendEvidence(tx, [{ event: 'notice-opened', subject: noticeId, body: {} }]));
    const { statusCode, ...detail } = await feed.app.inject(`/v1/notices/${noticeId}`);
    expect(statusCode).toBe(200);
    expect(detail.json()).toMatchObject({
      ...{ noticeId, campaignId, answerState: 'rejected', deliveryState: 'uncertain', posts: 1 },
      urls: [{ url: flag.post.url, postId: flag.post.id, score: flag.score }],
      deliveries: [{ deliveryId, revision: 1, channel: 'webhook', kind: 'notice', lastError: 'HTTP 503', words: [] }],
      answers: [{ state: 'rejected', reason: 'tidak melanggar', reference: null }],
      evidence: [{ event: 'notice-opened', hash: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
  });

  it('knows nothing of a notice that is not there', async () => {
    expect((await feed.app.inject(`/v1/notices/${randomUUID()}`)).statusCode).toBe(404);
  });
});
