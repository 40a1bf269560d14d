import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeRole, disableAccount, findAccount, removePosts } from '@siaga/storage';
import { aFlag, until, useDatabase } from '@siaga/testkit';
import type { FlagItem } from '../flag-item.js';
import { followStream } from '../live/follow-stream.fixture.js';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import type { QueryItem } from '../saved/saved-query.js';
import { bearer } from '../visitors.fixture.js';
import type { Feed, QueryList } from './saved-queries.js';

const database = useDatabase();
let feed: RunningFeed;
let [ana, budi, viewer]: Record<string, string>[] = [];
beforeAll(async () => {
  const { db } = database;
  feed = await startFeed(database);
  [ana, budi, viewer] = [
    await bearer(db, 'analyst', 'ana'),
    await bearer(db, 'analyst', 'budi'),
    await bearer(db, 'viewer'),
  ];
});
afterAll(() => feed.stop());

async function call<T>(method: string, path: string, headers: Record<string, string> = {}, body?: object) {
  const answer = await fetch(feed.base + path, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text && JSON.parse(text)) as T };
}
const save = async (query: object, fields: object = {}, headers = ana) => {
  const { status, body } = await call<QueryItem>('POST', '/v1/queries', headers, { name: 'Agama', query, ...fields });
  expect(status).toBe(201);
  return body;
};
const record = async (...flags: ReturnType<typeof aFlag>[]) =>
  recordFlags(database.db, await openCampaign(database.db), flags);
const flagsOf = ({ events }: ReturnType<typeof followStream<FlagItem>>) =>
  events.filter(({ event }) => event === 'flag');
const textOf = async (url: string) => (await fetch(url)).text();

describe('a saved query', () => {
  it("is its owner's until it is shared, and changed by nobody else", async () => {
    const { queryId } = await save({ category: ['hate'], minScore: 0.5 });
    const path = `/v1/queries/${queryId}`;
    const idsFor = async (headers: Record<string, string> | undefined) =>
      (await call<QueryList>('GET', '/v1/queries', headers)).body.items.map((item) => item.queryId);
    expect((await call('GET', path, budi)).status).toBe(404);
    expect(await idsFor(budi)).not.toContain(queryId);
    expect((await call<QueryItem>('PATCH', path, ana, { shared: true, name: 'Bersama' })).body).toMatchObject({
      ...{ shared: true, name: 'Bersama', owner: 'ana', mine: true },
      query: { category: ['hate'], minScore: 0.5, sort: '-recordedAt', audit: false },
    });
    expect((await call<QueryItem>('GET', path, budi)).body.mine).toBe(false);
    expect(await idsFor(viewer)).toContain(queryId);
    expect(await idsFor(undefined)).toContain(queryId);
    for (const [method, body] of [
      ['PATCH', { name: 'Milik Budi' }],
      ['DELETE', undefined],
    ] as const)
      expect((await call(method, path, budi, body)).status).toBe(403);
    expect((await call('POST', `${path}/feed`, budi)).status).toBe(403);
    expect((await call('DELETE', path, ana)).status).toBe(204);
    expect((await call('GET', path, ana)).status).toBe(404);
  });

  it.each<[object, string]>([
    [{ name: 'x', query: { kategori: ['hate'] } }, 'a parameter that there is none of'],
    [{ name: 'x', query: { from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' } }, 'a window without any time'],
    [{ name: 'x', query: { cursor: 'abc' } }, 'a place in the list'],
    [{ name: 'two\nlines', query: {} }, 'a name of two lines'],
    [{ query: {} }, 'no name'],
  ])('is refused: %j (%s)', async (body) => {
    expect((await call('POST', '/v1/queries', ana, body)).status).toBe(400);
  });

  it('gives what it finds in every format, a page at a time where it has pages', async () => {
    const platform = `p${randomUUID().slice(0, 8)}`;
    const posts = Array.from({ length: 3 }, (_, i) => aFlag({ post: { platform, text: `pos ke-${i}` } }));
    await record(...posts, aFlag({ post: { platform: 'other' } }));
    const { queryId } = await save({ platform: [platform], sort: 'recordedAt' });
    const path = `/v1/queries/${queryId}/flags`;
    type Page = { items: FlagItem[]; next: string | null };
    const first = (await call<Page>('GET', `${path}?limit=2`, ana)).body;
    const rest = (await call<Page>('GET', `${path}?limit=2&cursor=${first.next}`, ana)).body;
    expect([...first.items, ...rest.items].map(({ flagId }) => flagId)).toEqual(posts.map(({ flagId }) => flagId));
    expect(rest.next).toBeNull();
    for (const [format, mark, count] of [
      ['ndjson', '"flagId"', 3],
      ['csv', '"pos ke-', 3],
      ['atom', '<entry>', 3],
      ['jsonfeed', '"content_text"', 3],
    ] as const) {
      const answer = await fetch(`${feed.base}${path}.${format}`, { headers: ana! });
      expect([format, (await answer.text()).split(mark).length - 1]).toEqual([format, count]);
    }
  });
});

describe("a saved query's address for feed readers", () => {
  it('reads that query without signing in, and nothing else, until it is revoked', async () => {
    const platform = `p${randomUUID().slice(0, 8)}`;
    await record(aFlag({ post: { platform, text: 'isi rahasia' } }));
    const { queryId } = await save({ platform: [platform] }, { name: 'Umpan <b>&' });
    const path = `/v1/queries/${queryId}/feed`;
    const { body: urls } = await call<Feed>('POST', path, ana);
    const anonymously = await startFeed(database, { access: { anonymous: 'nobody' } });
    try {
      const here = (url: string) => url.replace(/^https?:\/\/[^/]+/, anonymously.base);
      expect(await textOf(here(urls.atom))).toContain('<![CDATA[Siaga: Umpan <b>&]]>');
      for (const url of Object.values(urls)) expect(await textOf(here(url))).toContain('isi rahasia');
      const token = urls.atom.split('/').at(-2)!;
      // No key to anything else: neither as a token nor with another query's id.
      for (const other of ['/v1/flags', `/v1/queries/${queryId}`, '/v1/session']) {
        const answer = await fetch(anonymously.base + other, { headers: { authorization: `Bearer ${token}` } });
        expect([other, other === '/v1/session' ? (await answer.json()).account : answer.status]).toEqual([
          other,
          other === '/v1/session' ? null : 401,
        ]);
      }
      const stored = await database.db.query<{ row: string }>('select saved_queries::text as row from saved_queries');
      expect(stored.some(({ row }) => row.includes(token))).toBe(false);
      expect((await call<QueryItem>('GET', `/v1/queries/${queryId}`, ana)).body.feed?.lastReadAt).not.toBeNull();

      const { body: again } = await call<Feed>('POST', path, ana);
      expect((await fetch(here(urls.atom))).status).toBe(404);
      expect((await fetch(here(again.atom))).status).toBe(200);
      expect((await call('DELETE', path, ana)).status).toBe(204);
      expect((await fetch(here(again.atom))).status).toBe(404);
    } finally {
      await anonymously.stop();
    }
  });

  it('ends with the right of its owner to read', async () => {
    const citra = await bearer(database.db, 'analyst', 'citra');
    const { queryId } = await save({}, {}, citra);
    const { body: urls } = await call<Feed>('POST', `/v1/queries/${queryId}/feed`, citra);
    const account = (await findAccount(database.db, 'citra'))!;
    const status = async () => (await fetch(urls.jsonfeed)).status;
    expect(await status()).toBe(200);
    await changeRole(database.db, account, { role: 'platform', platform: 'demo' }, 'test');
    expect(await status()).toBe(404);
    await changeRole(database.db, account, { role: 'viewer', platform: null }, 'test');
    expect(await status()).toBe(200);
    await disableAccount(database.db, account, true, 'test');
    expect(await status()).toBe(404);
  });
});

describe("a saved query's live stream", () => {
  it('tells of its own flags alone, resumes without a gap, and tells what has to go', async () => {
    const platform = `p${randomUUID().slice(0, 8)}`;
    const { queryId } = await save({ platform: [platform], q: 'banjir' });
    const address = `${feed.base}/v1/queries/${queryId}/stream`;
    const stream = followStream<FlagItem>(address, ana);
    await stream.ready();
    const flag = (text: string, on = platform) => aFlag({ post: { platform: on, text } });
    const wanted = [flag('banjir satu'), flag('banjir dua')];
    await record(wanted[0]!, flag('gempa'), flag('banjir di tempat lain', 'other'), wanted[1]!);
    await until('both are told', () => flagsOf(stream).length >= 2);
    stream.close();
    const missed = flag('banjir tiga');
    await record(flag('gempa lagi'), missed);
    const last = flagsOf(stream).at(-1)!.id;
    const resumed = followStream<FlagItem>(address, { ...ana, 'last-event-id': String(last) });
    await resumed.ready();
    await database.db.transaction((tx) => removePosts(tx, [{ what: 'post', postId: wanted[0]!.post.id }]));
    const removed = await until('the removal is told', () => resumed.events.find(({ event }) => event === 'removed'));
    resumed.close();
    const idsOf = (events: typeof stream.events) => events.map(({ data }) => data.flagId);
    expect(idsOf([...flagsOf(stream), ...flagsOf(resumed)])).toEqual(
      idsOf([...wanted, missed].map((data) => ({ data }) as never)),
    );
    expect(removed.data.flagId).toBe(wanted[0]!.flagId);
  });

  it('is refused where the query goes by what people decide later', async () => {
    const { queryId } = await save({ state: ['confirmed'] });
    expect((await call('GET', `/v1/queries/${queryId}/stream`, ana)).status).toBe(409);
  });
});
