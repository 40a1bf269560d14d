import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { evidenceOf } from '@siaga/storage';
import { aPost, useDatabase } from '@siaga/testkit';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { bearer } from '../visitors.fixture.js';
import { recordRumour } from './rumours.fixture.js';
import type { RumourPage } from './rumours.js';

const HOUR_MS = 3_600_000;
const database = useDatabase();
let feed: RunningFeed;
let headers: Record<string, string>;
beforeAll(async () => {
  feed = await startFeed(database);
  headers = await bearer(database.db, 'analyst', 'ani');
});
afterAll(() => feed.stop());
beforeEach(() => database.db.query('truncate rumours, claims, outbox cascade'));

const says = (text: string, n: number) => Array.from({ length: n }, (_, i) => aPost({ text, author: `${text}-${i}` }));
const list = async (query = '') => (await feed.app.inject(`/v1/rumours${query}`)).json<RumourPage>();
const idsOf = ({ items }: RumourPage) => items.map(({ rumourId }) => rumourId);
const send = (method: 'PATCH' | 'POST', url: string, payload: object) =>
  feed.app.inject({ method, url: `/v1/rumours/${url}`, headers, payload });

describe('GET /v1/rumours', () => {
  it('pages through rumours, those that grow most first: late voices weigh more than many early ones', async () => {
    const now = Date.now();
    const old = await recordRumour(database.db, says('lama', 12), now - 12 * HOUR_MS);
    const few = await recordRumour(database.db, says('sedikit', 3), now);
    const many = await recordRumour(database.db, says('banyak', 9), now - HOUR_MS);
    const first = await list('?limit=2');
    expect(idsOf(first)).toEqual([many, few]);
    expect(first.items[0]).toMatchObject({ posts: 9, state: 'unverified', campaign: null, platforms: [{ posts: 9 }] });
    expect(first.items[0]?.growth).toBeCloseTo(9 * 2 ** (-1 / 3), 0);
    expect(first.items[0]?.examples).toHaveLength(9);
    expect(idsOf(await list(`?limit=2&cursor=${first.next}`))).toEqual([old]);
    expect(idsOf(await list('?sort=-lastSeenAt'))).toEqual([few, many, old]);
    expect(idsOf(await list('?platform=elsewhere'))).toEqual([]);
    expect(idsOf(await list('?platform=demo&platform=elsewhere'))).toHaveLength(3);
  });
});

describe('what a person finds a rumour to be', () => {
  it('hides it, and shows it again', async () => {
    const rumourId = await recordRumour(database.db, says('bukan isu', 3));
    expect((await send('PATCH', rumourId, { state: 'dismissed' })).json()).toEqual({ rumourId, state: 'dismissed' });
    expect(idsOf(await list('?rumourState=unverified'))).toEqual([]);
    expect((await list('?rumourState=dismissed')).items).toMatchObject([{ rumourId, decidedBy: 'ani' }]);
    await send('PATCH', rumourId, { state: 'unverified' });
    expect(idsOf(await list('?rumourState=unverified'))).toEqual([rumourId]);
    const log = await evidenceOf(database.db, `rumour:${rumourId}`);
    expect(log.map(({ body }) => (JSON.parse(body) as { state: string }).state)).toEqual(['dismissed', 'unverified']);
  });

  it('makes a claim that goes to the matching workers, once', async () => {
    const rumourId = await recordRumour(database.db, says('air sumur beracun', 3));
    const claim = { text: 'Air sumur diracun', verdict: 'Salah', url: 'https://cek.example/sumur' };
    const made = await send('POST', `${rumourId}/claim`, claim);
    const { claimId } = made.json<{ claimId: string }>();
    const [row] = await database.db.query('select claim_id, text, verdict, url, publisher, origin from claims');
    expect(row).toEqual({ claim_id: claimId, ...claim, publisher: 'Siaga', origin: 'decision' });
    const waiting = await database.db.query('select topic, key from outbox');
    expect(waiting).toEqual([{ topic: 'claims', key: claimId }]);
    expect((await send('POST', `${rumourId}/claim`, claim)).statusCode).toBe(409);
    const [said] = await evidenceOf(database.db, `rumour:${rumourId}`);
    expect(JSON.parse(said!.body)).toEqual({ state: 'unverified', by: 'ani', claimId });
  });

  it('is nothing where it is debunked already, or no rumour', async () => {
    const rumourId = await recordRumour(database.db, says('sudah dibantah', 3));
    await database.db.query(`update rumours set state = 'debunked'`);
    const none = '00000000-0000-4000-8000-000000000000';
    const claim = { text: 'a', verdict: 'b', url: 'https://cek.example/a' };
    for (const id of [rumourId, none]) {
      expect((await send('PATCH', id, { state: 'dismissed' })).statusCode).toBe(404);
      expect((await send('POST', `${id}/claim`, claim)).statusCode).toBe(404);
    }
    expect(await database.db.query('select from claims')).toEqual([]);
    expect((await send('PATCH', rumourId, { state: 'debunked' })).statusCode).toBe(400);
  });
});
