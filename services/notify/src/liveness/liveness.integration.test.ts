import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { removePosts } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { runNotices } from '../cli/run-notices.js';
import { gaugeAll } from '../gauges.js';
import { aPolicy } from '../policy.fixture.js';
import { LIVENESS, one, other, useWatchedSite } from './watched-site.fixture.js';

const database = useDatabase();
const watched = useWatchedSite(database);
const { after, check, checkAll, news, obey, pass, report, rows, show, states } = watched;

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
    expect(watched.asked).toEqual([]);
    await after(0.2);
    expect(await states()).toEqual(['up']);
    await after(4);
    expect(watched.asked).toEqual(['/p/demo:1']);
    show(410);
    await after(2);
    await after(20);
    await after(200);
    expect(watched.asked).toHaveLength(3);
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
    watched.notices().receiver.behave = () => 503;
    await report(one);
    await after(30);
    expect(await rows()).toEqual([]);
    watched.notices().receiver.behave = () => 'accept';
    await watched.notices().hurry();
    await watched.notices().deliverAll();
    for (const liveness of [undefined, { ...LIVENESS, on: false }]) {
      const { platforms } = watched.notices().policy();
      watched.notices().obey(aPolicy(watched.site, { platforms, ...(liveness ? { liveness } : {}) }));
      await after(2);
    }
    expect(await rows()).toEqual([]);
    obey();
    await after(2);
    expect(watched.asked).toEqual(['/p/demo:1']);
  });

  it('watches the posts of a revision too, each once', async () => {
    show(200);
    await report(one);
    await report({ ...one, id: 'demo:3' });
    await after(2);
    expect(watched.asked.toSorted()).toEqual(['/p/demo:1', '/p/demo:3']);
  });

  it('shares the work between workers, who ask a host one at a time', async () => {
    let under = 0;
    let most = 0;
    watched.answer = (_request, response) => {
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
    expect(watched.asked.toSorted()).toEqual(posts.map(({ id }) => `/p/${id}`));
    expect(most).toBe(1);
  });

  it('does not ask a host before it may be asked again', async () => {
    show(200);
    obey({ ...LIVENESS, perHostPerMinute: 0.01 });
    await report(one, other);
    await pass(2);
    for (let i = 0; i < 5; i++) await check();
    expect(watched.asked).toHaveLength(1);
    await database.db.query('update checked_hosts set free_at = now()');
    await check();
    expect(watched.asked).toHaveLength(2);
  });

  it('backs off from a host that fails, spends no hour on it, and gives up in the end', async () => {
    watched.answer = (_request, response) => response.writeHead(503, { 'retry-after': '1800' }).end();
    await report(one, other);
    await pass(2);
    await checkAll();
    expect(watched.asked).toHaveLength(1);
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
    watched.answer = (_request, response) => behave(response);
    await report(one);
    await after(2);
    expect(await rows()).toMatchObject([{ state: 'unseen', next: true, last_error: expect.stringContaining(error) }]);
  });

  it.each(['http://[', 'http://a:b@127.0.0.1/p'])('lives with %s for an address', async (url) => {
    show(200);
    await watched.notices().record([aFlag({ post: { ...one, url } })]);
    await watched.notices().deliverAll();
    await report(other);
    await after(2);
    expect(await rows()).toMatchObject([
      { state: 'unseen', last_error: expect.stringContaining('not an address') },
      { state: 'up' },
    ]);
  });

  it('leaves a look that is stopped undone, and its host no worse for it', async () => {
    const stopping = new AbortController();
    watched.answer = () => stopping.abort();
    await report(one);
    await pass(2);
    await check(stopping.signal);
    expect(watched.asked).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'unseen', next: true, last_error: null }]);
    expect(await database.db.query('select failures from checked_hosts')).toEqual([{ failures: 0 }]);
  });

  it('takes a page of any size for a post that is there', async () => {
    watched.answer = (_request, response) => response.writeHead(200).end('x'.repeat(1_000_000));
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
    expect(watched.asked).toEqual(['/p/demo:2']);
  });
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
    gaugeAll(registry, database.db);
    const text = await registry.metrics();
    expect(text).toContain('siaga_notify_removal_median_seconds{platform="demo"} 10800');
    expect(text).toContain('siaga_notify_watched_posts{platform="demo",state="gone"} 2');
  });
});
