import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { declareSources, pauseSource, renewLeases, takeSources } from '@siaga/storage';
import { useDatabase } from '@siaga/testkit';
import { startFeed, type RunningFeed } from '../running-feed.fixture.js';

const database = useDatabase();
let feed: RunningFeed;
beforeAll(async () => {
  feed = await startFeed(database);
});
afterAll(() => feed.stop());

describe('GET /v1/sources', () => {
  it('lists the sources with who reads them and how they fare', async () => {
    const { db } = database;
    await declareSources(db, ['a', 'b', 'c', 'd']);
    const leases = await takeSources(db, { holder: 'w1', among: ['a', 'b'], limit: 2, ttlMs: 600_000 });
    const lastEventAt = '2026-11-01T00:00:00.000Z';
    const health = { state: 'failing', posts: 7, lastEventAt, lagMs: 1500, lastError: 'HTTP 503' };
    const renewed = leases.filter(({ source }) => source === 'a').map((lease) => ({ lease, health }));
    await renewLeases(db, renewed, 600_000);
    await pauseSource(db, 'd', true);
    const nothing = { posts: 0, lastEventAt: null, lagMs: null, lastError: null };
    const wanted = [
      { source: 'a', worker: 'w1', ...health },
      { source: 'b', state: 'starting', worker: 'w1', ...nothing },
      { source: 'c', state: 'unread', worker: null, ...nothing },
      { source: 'd', state: 'paused', worker: null, ...nothing },
    ];
    const ask = async (query = '') =>
      (await feed.app.inject(`/v1/sources${query}`)).json<{ items: { source: string }[]; next: string | null }>();
    expect(await ask('?count=true')).toEqual({ items: wanted, next: null, total: { count: 4, exact: true } });

    const named = async (query: string) => (await ask(query)).items.map(({ source }) => source);
    expect(await named('?sourceState=failing&sourceState=paused')).toEqual(['a', 'd']);
    expect(await named('?worker=w1')).toEqual(['a', 'b']);
    expect(await named('?name=C')).toEqual(['c']);
    expect(await named('?name=%25')).toEqual([]);
    expect(await named('?sort=-lagMs&limit=1')).toEqual(['a']);
    expect(await named('?sort=-posts')).toEqual(['a', 'd', 'c', 'b']);

    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await ask(`?sort=-source&limit=3${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.items.map(({ source }) => source));
      cursor = page.next;
    }
    expect(paged).toEqual(['d', 'c', 'b', 'a']);
  });

  it('has an answer whatever a worker has filed, and is not sent again while it holds', async () => {
    await database.db.query(
      `update sources set health = '{"posts": "many", "lagMs": {}, "lastError": 5}' where source = 'c'`,
    );
    const answer = await feed.app.inject('/v1/sources?name=c');
    expect(answer.json()).toMatchObject({ items: [{ source: 'c', posts: 0, lagMs: null, lastError: '5' }] });
    const { etag } = answer.headers;
    const again = await feed.app.inject({ url: '/v1/sources?name=c', headers: { 'if-none-match': etag as string } });
    expect(again.statusCode).toBe(304);
  });
});
