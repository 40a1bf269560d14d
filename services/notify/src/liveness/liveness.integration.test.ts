import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { outboundClient } from '@siaga/runtime';
import { evidenceOf, removePosts } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { runNotices } from '../cli/run-notices.js';
import { gaugeRemovals } from '../metrics.js';
import { startNotices, type Notices } from '../notices.fixture.js';
import { aPolicy } from '../policy.fixture.js';
import type { Policy } from '../policy.js';
import { checkPosts } from './check-posts.js';
import type { LookUpEntry } from './look-up.js';

const LIVENESS = { on: true, hours: [1, 6, 24], perHostPerMinute: 6_000 };

const database = useDatabase();
const client = outboundClient({
  ...{ allowPrivateAddresses: true, userAgent: 'test', timeoutMs: 10_000, maxBodyBytes: 10_000 },
});
let notices: Notices;
let server: Server;
let site: string;
let asked: string[];
/** What the platform shows at an address. */
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  await database.db.query('truncate checked_hosts');
  notices = await startNotices(database);
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  obey();
});
afterEach(async () => {
  await notices.close();
  await new Promise((resolve) => (server.closeAllConnections(), server.close(resolve)));
});

afterAll(() => client.close());

function obey(liveness: Policy['liveness'] = LIVENESS, lookUp?: LookUpEntry) {
  const policy = notices.policy();
  const demo = { ...policy.platforms.demo!, ...(lookUp ? { lookUp } : {}) };
  notices.obey({ ...policy, liveness, platforms: { demo } });
}

const show = (status: number, body: unknown = '') => {
  answer = (_request, response) => response.writeHead(status).end(JSON.stringify(body));
};

/** Notices about posts, delivered. */
async function report(...posts: readonly { readonly id: string; readonly text: string }[]) {
  await notices.record(posts.map(({ id, text }) => aFlag({ post: { id, text, url: `${site}/p/${id}` } })));
  await notices.deliverAll();
}
const one = { id: 'demo:1', text: 'usir semua pendatang dari kampung kita' };
const other = { id: 'demo:2', text: 'mereka itu pencuri dan harus diusir besok pagi' };

const check = () => checkPosts({ ...notices.options, client });
/** Lets that many hours pass: what was written happened earlier, and hosts are free again. */
async function pass(hours: number) {
  await check();
  await database.db.query(
    `update watched_posts set delivered_at = delivered_at - make_interval(secs => $1::double precision * 3600),
            next_check_at = next_check_at - make_interval(secs => $1::double precision * 3600),
            gone_at = gone_at - make_interval(secs => $1::double precision * 3600)`,
    [hours],
  );
  await database.db.query('update checked_hosts set free_at = now()');
}
const after = async (hours: number) => {
  await pass(hours);
  await checkAll();
};
/** Looks until every post that is due has been looked at: the rate makes each look wait for the one before. */
async function checkAll() {
  for (;;) {
    await database.db.query('update checked_hosts set free_at = now() where failures = 0');
    const before = asked.length;
    await check();
    if (asked.length === before) return;
  }
}
const rows = () =>
  database.db.query<{ post_id: string; state: string; next: boolean; last_error: string | null; host: string }>(
    'select post_id, state, next_check_at is not null as next, last_error, host from watched_posts order by post_id',
  );
const states = async () => (await rows()).map(({ state }) => state);
async function news() {
  const [notice] = await database.db.query<{ notice_id: string }>('select notice_id from notices');
  const events = await evidenceOf(database.db, notice!.notice_id);
  return events.map(({ event }) => event).filter((event) => event.startsWith('post-'));
}
async function command(...args: string[]) {
  const printed: string[] = [];
  await runNotices(args, { databaseUrl: database.url, print: (text) => printed.push(text) });
  return printed.join('\n');
}

describe('looking reported posts up again', () => {
  it('asks at the hours of the policy and not between them, and says once when a post is gone', async () => {
    show(200);
    await report(one);
    await after(0.9);
    expect(asked).toEqual([]);
    await after(0.2);
    expect(await states()).toEqual(['up']);
    await after(4);
    expect(asked).toEqual(['/p/demo:1']);
    show(410);
    await after(2);
    await after(20);
    await after(200);
    expect(asked).toHaveLength(3);
    expect(await rows()).toMatchObject([{ state: 'gone', next: false }]);
    expect(await news()).toEqual(['post-gone']);
  });

  it('says when a post is back', async () => {
    await report(one);
    for (const [status, hours] of [
      [404, 2],
      [200, 5],
    ] as const) {
      show(status);
      await after(hours);
    }
    expect(await states()).toEqual(['up']);
    expect(await news()).toEqual(['post-gone', 'post-back']);
  });

  it('looks at nothing that was not delivered, and at nothing at all unless the policy says so', async () => {
    show(200);
    notices.receiver.behave = () => 503;
    await report(one);
    await after(30);
    expect(await rows()).toEqual([]);
    notices.receiver.behave = () => 'accept';
    await notices.hurry();
    await notices.deliverAll();
    for (const liveness of [undefined, { ...LIVENESS, on: false }]) {
      const { platforms } = notices.policy();
      notices.obey(aPolicy(site, { platforms, ...(liveness ? { liveness } : {}) }));
      await after(2);
    }
    expect(await rows()).toEqual([]);
    obey();
    await after(2);
    expect(asked).toEqual(['/p/demo:1']);
  });

  it('watches the posts of a revision too, each once', async () => {
    show(200);
    await report(one);
    await report({ ...one, id: 'demo:3' });
    await after(2);
    expect(asked.toSorted()).toEqual(['/p/demo:1', '/p/demo:3']);
  });

  it('shares the work between workers, who ask a host one at a time', async () => {
    let under = 0;
    let most = 0;
    answer = (_request, response) => {
      most = Math.max(most, ++under);
      setImmediate(() => {
        under--;
        response.writeHead(200).end();
      });
    };
    const posts = Array.from({ length: 12 }, (_, i) => ({ ...one, id: `demo:${100 + i}` }));
    await report(...posts);
    await pass(2);
    for (let round = 0; round < posts.length; round++) {
      await Promise.all([check(), check(), check(), check()]);
      await database.db.query('update checked_hosts set free_at = now()');
    }
    expect(asked.toSorted()).toEqual(posts.map(({ id }) => `/p/${id}`));
    expect(most).toBe(1);
  });

  it('does not ask a host before it may be asked again', async () => {
    show(200);
    obey({ ...LIVENESS, perHostPerMinute: 0.01 });
    await report(one, other);
    await pass(2);
    for (let i = 0; i < 5; i++) await check();
    expect(asked).toHaveLength(1);
    await database.db.query('update checked_hosts set free_at = now()');
    await check();
    expect(asked).toHaveLength(2);
  });

  it('backs off from a host that fails, spends no hour on it, and gives up in the end', async () => {
    answer = (_request, response) => response.writeHead(503, { 'retry-after': '1800' }).end();
    await report(one, other);
    await pass(2);
    await checkAll();
    expect(asked).toHaveLength(1);
    const [host] = await database.db.query<{ waits: boolean; failures: number }>(
      `select failures, free_at between now() + interval '10 minutes' and now() + interval '30 minutes' as waits from checked_hosts`,
    );
    expect(host).toEqual({ failures: 1, waits: true });
    expect(await states()).toEqual(['unseen', 'unseen']);
    show(200);
    await pass(1);
    await checkAll();
    expect(await states()).toEqual(['up', 'up']);
    show(500);
    await pass(100);
    for (let i = 0; i < 4; i++) {
      await check();
      await database.db.query('update checked_hosts set free_at = now()');
    }
    expect(await rows()).toMatchObject([
      { state: 'up', next: false, last_error: 'HTTP 500' },
      { state: 'up', next: false },
    ]);
  });

  it.each([
    ['forbids it', (response: ServerResponse) => response.writeHead(403).end(), 'HTTP 403'],
    [
      'sends it astray',
      (response: ServerResponse) => response.writeHead(302, { location: 'ftp://a/' }).end(),
      'refused',
    ],
  ])('says nothing of a post whose site %s', async (_what, behave, error) => {
    answer = (_request, response) => behave(response);
    await report(one);
    await after(2);
    expect(await rows()).toMatchObject([{ state: 'unseen', next: true, last_error: expect.stringContaining(error) }]);
  });

  it.each(['http://[', 'http://a:b@127.0.0.1/p'])('lives with %s for an address', async (url) => {
    show(200);
    await notices.record([aFlag({ post: { ...one, url } })]);
    await notices.deliverAll();
    await report(other);
    await after(2);
    expect(await rows()).toMatchObject([
      { state: 'unseen', last_error: expect.stringContaining('not an address') },
      { state: 'up' },
    ]);
  });

  it('leaves a look that is stopped undone, and its host no worse for it', async () => {
    const stopping = new AbortController();
    answer = () => stopping.abort();
    await report(one);
    await pass(2);
    await checkPosts({ ...notices.options, client }, stopping.signal);
    expect(asked).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'unseen', next: true, last_error: null }]);
    expect(await database.db.query('select failures from checked_hosts')).toEqual([{ failures: 0 }]);
  });

  it('takes a page of any size for a post that is there', async () => {
    answer = (_request, response) => response.writeHead(200).end('x'.repeat(1_000_000));
    await report(one);
    await after(2);
    expect(await rows()).toMatchObject([{ state: 'up', last_error: null }]);
  });

  it('knows without a look what its author has taken back, and an edit that the source has told of', async () => {
    show(200);
    await report(one, other);
    await check();
    await database.db.transaction((tx) =>
      removePosts(tx, [
        { what: 'post', postId: one.id },
        { what: 'versions', postId: other.id, olderThan: new Date(Date.now() + 1_000).toISOString() },
      ]),
    );
    await after(2);
    expect(await states()).toEqual(['deleted', 'edited']);
    expect(asked).toEqual(['/p/demo:2']);
  });
});

describe('the APIs of platforms', () => {
  const bluesky = { kind: 'bluesky' as const };
  const post = { id: 'demo:did:plc:abc/3k2a', text: one.text };

  it('asks Bluesky for the post, sees an edit of it, and misses it when it is gone', async () => {
    obey(LIVENESS, { ...bluesky, service: site });
    const posts = (...texts: string[]) =>
      show(200, { posts: texts.map((text) => ({ uri: 'at://a', record: { text } })) });
    await report(post);
    const seen = [];
    for (const [texts, hours] of [
      [[one.text], 2],
      [['maaf semuanya'], 5],
      [[], 20],
    ] as const) {
      posts(...texts);
      await after(hours);
      seen.push(...(await states()));
    }
    expect(seen).toEqual(['up', 'edited', 'gone']);
    const uri = encodeURIComponent('at://did:plc:abc/app.bsky.feed.post/3k2a');
    expect(asked).toEqual(Array(3).fill(`/xrpc/app.bsky.feed.getPosts?uris=${uri}`));
  });

  it('asks a Mastodon server for the status by its own number', async () => {
    obey(LIVENESS, { kind: 'mastodon', server: site });
    await report({ id: 'demo:1151', text: one.text });
    const seen = [];
    const status = { id: '1151', content: '<p>usir semua</p>', edited_at: null };
    for (const [code, body, hours] of [
      [200, status, 2],
      [200, { ...status, edited_at: new Date(Date.now() + 1_000).toISOString() }, 5],
      [404, { error: 'Record not found' }, 20],
    ] as const) {
      show(code, body);
      await after(hours);
      seen.push(...(await states()));
    }
    expect(seen).toEqual(['up', 'edited', 'gone']);
    expect(asked).toEqual(Array(3).fill('/api/v1/statuses/1151'));
  });

  it.each(['not json', { posts: 'none' }, { posts: [{}] }])(
    'takes no answer of another shape for a post: %j',
    async (body) => {
      obey(LIVENESS, { ...bluesky, service: site });
      show(200, body);
      await report(post);
      await after(2);
      expect(await rows()).toMatchObject([{ state: 'unseen', last_error: expect.stringContaining('API') }]);
    },
  );
});

describe('the time to removal', () => {
  it('is the median by platform, in the terminal and as a metric', async () => {
    expect(await command('liveness')).toContain('no reported post was watched');
    await report(one, other, { ...one, id: 'demo:3' });
    await check();
    await database.db.query(
      `update watched_posts set delivered_at = now() - interval '10 hours', state = 'gone',
              gone_at = now() - interval '10 hours' + make_interval(hours => case post_id when 'demo:1' then 2 else 4 end)
        where post_id <> 'demo:3'`,
    );
    expect(await command('liveness', '--days', '7')).toBe(
      'demo: 1 unseen, 0 up, 0 edited, 2 gone, 0 deleted; median time to removal 3.0 h',
    );
    await expect(command('liveness', '--days', 'many')).rejects.toThrow('--days');
    const registry = new Registry();
    gaugeRemovals(registry, database.db);
    const text = await registry.metrics();
    expect(text).toContain('siaga_notify_removal_median_seconds{platform="demo"} 10800');
    expect(text).toContain('siaga_notify_watched_posts{platform="demo",state="gone"} 2');
  });
});
