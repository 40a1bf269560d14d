import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { declareSources, pauseSource, renewLeases, takeSources } from '@siaga/storage';
import { until, useDatabase } from '@siaga/testkit';
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
    // The list is kept for a moment.
    const items = await until('all four', async () => {
      const answer = await feed.app.inject('/v1/sources');
      const list = answer.json<{ items: unknown[] }>().items;
      return list.length === 4 ? list : undefined;
    });
    expect(items).toEqual(wanted);
  });
});
