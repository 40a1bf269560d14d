import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { createLogger, deferred, TransientError } from '@siaga/runtime';
import type { Database, Queryable } from '@siaga/storage';
import { buildApp } from './app.js';
import { DEFAULT_ACCESS } from './auth/access.js';
import { createLive } from './live/live.js';
import { feedMetrics } from './metrics.js';

const log = createLogger('test', 'silent');
type App = Awaited<ReturnType<typeof appOn>>;
const apps: Promise<App>[] = [];

/** The app on a database that answers every statement with `query`. */
async function appOn(query: Queryable['query']) {
  const registry = new Registry();
  const metrics = feedMetrics(registry);
  const db: Database = { query, transaction: (work) => work({ query }), close: async () => undefined };
  const live = createLive({ db, log, metrics, maxClients: 1 });
  const app = await buildApp({ db, live, log, metrics, access: { ...DEFAULT_ACCESS, anonymous: 'viewer' } });
  return { app, registry };
}
/** Building one takes a second, so the tests that only ask share theirs. */
const shared = (query: Queryable['query']) => {
  let app: Promise<App> | undefined;
  return () => (app ??= kept(appOn(query)));
};
const kept = (app: Promise<App>) => {
  apps.push(app);
  return app;
};
const empty = shared(async () => []);
const down = shared(async () => {
  throw new TransientError('database: connect ECONNREFUSED');
});

afterAll(async () => {
  for (const { app } of await Promise.all(apps)) await app.close();
});

describe('the app', () => {
  it('answers an empty table with an empty page', async () => {
    const answer = await (await empty()).app.inject('/v1/flags');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ items: [], next: null });
  });

  it.each([
    ['an address that is too long', `GET /v1/flags?q=${'a'.repeat(20_000)} HTTP/1.1\r\nhost: siaga.test\r\n\r\n`, 431],
    ['what is no request', 'selamat pagi\r\n\r\n', 400],
  ])('refuses %s by a problem, and hangs up', async (_what, sent, status) => {
    const { app } = await kept(appOn(async () => []));
    await app.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.end(sent);
    const [head, body] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('content-type: application/problem+json');
    expect(JSON.parse(body ?? '')).toMatchObject({ type: 'about:blank', status, detail: expect.any(String) });
  });

  it.each([
    '/v1/flags?limit=0',
    '/v1/flags?limit=201',
    '/v1/flags?limit=ten',
    '/v1/flags?category=spam',
    '/v1/flags?campaign=none',
    '/v1/flags?minScore=1.1',
    '/v1/flags?q=%00',
    '/v1/flags?categroy=hate',
    '/v1/flags?category=hate&category=spam',
    '/v1/flags?cursor=AAAA',
    '/v1/flags?sort=text',
    '/v1/flags?state=done',
    '/v1/flags?label=a%27b',
    '/v1/flags?from=yesterday',
    '/v1/flags?from=2026-02-31T00:00:00Z&to=2026-01-01T00:00:00Z',
    '/v1/flags?to=9999-01-01T00:00:00Z',
    '/v1/stream?after=-1',
    '/v1/notices?cursor=AAAA',
    `/v1/notices?cursor=${Buffer.from('n1.1.none').toString('base64url')}`,
    '/v1/notices?state=Open',
    '/v1/notices/none',
    '/v1/%ff',
  ])('refuses %s as a problem', async (url) => {
    const answer = await (await empty()).app.inject(url);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json()).toMatchObject({ type: 'about:blank', title: 'Bad Request', status: 400 });
    expect(answer.json().detail).not.toBe('');
  });

  it.each(['/v1/tokens', '/v1/sessions'])('has no %s of who reads without signing in', async (url) => {
    expect((await (await empty()).app.inject(url)).statusCode).toBe(401);
  });

  it('takes nothing in a body for what it is not', async () => {
    const { app } = await empty();
    const answer = await app.inject({ method: 'POST', url: '/v1/session', payload: { link: 5 } });
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ in: 'body/link', detail: 'must be string' }] });
  });

  it('says what is wrong with which parameter', async () => {
    const answer = await (await empty()).app.inject('/v1/flags?limit=0');
    expect(answer.json().errors).toEqual([{ in: 'querystring/limit', detail: 'must be >= 1' }]);
  });

  it.each([
    ['from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z', 'to'],
    ['category=spam', 'category/0'],
    ['cursor=AAAA', 'cursor'],
  ])('names the parameter at fault of %s', async (query, field) => {
    const answer = await (await empty()).app.inject(`/v1/flags?${query}`);
    expect(answer.json().errors).toMatchObject([{ in: `querystring/${field}` }]);
  });

  it('refuses a Last-Event-ID that it never sent', async () => {
    const { app } = await empty();
    const answer = await app.inject({ url: '/v1/stream', headers: { 'last-event-id': 'x' } });
    expect(answer.statusCode).toBe(400);
  });

  it.each(['/nothing', '/v1/flags/none'])('answers %s with a 404 problem', async (url) => {
    const answer = await (await empty()).app.inject(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ status: 404, title: 'Not Found' });
  });

  it.each(['/v1/flags', '/v1/summary', '/v1/stream'])('answers %s with 503 while the database is down', async (url) => {
    const answer = await (await down()).app.inject(url);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json()).toMatchObject({ status: 503, detail: 'the database is out of reach' });
  });

  it('lets a stream wait for the first look at the database', async () => {
    const reached = deferred<void>();
    const { app } = await kept(
      appOn(async () => {
        await reached.promise;
        return [];
      }),
    );
    const stream = app.inject({ url: '/v1/stream', payloadAsStream: true });
    reached.resolve();
    const { statusCode } = await stream;
    expect(statusCode).toBe(200);
  });

  it('keeps the details of an unknown failure to itself', async () => {
    const { app } = await kept(
      appOn(async () => {
        throw new Error('relation "secrets" does not exist');
      }),
    );
    const answer = await app.inject('/v1/flags');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secrets');
  });

  it('sends the security headers with answers and problems alike', async () => {
    const { app } = await empty();
    for (const url of ['/v1/flags', '/nothing']) {
      const { headers } = await app.inject(url);
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'self'/);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
  });

  it('counts requests by route, not by URL', async () => {
    const { app, registry } = await kept(appOn(async () => []));
    await app.inject('/v1/flags?q=a');
    await app.inject('/v1/flags?limit=0');
    await app.inject('/any/thing');
    const metrics = await registry.metrics();
    expect(metrics).toContain('siaga_feed_request_seconds_count{route="/v1/flags",status="2xx"} 1');
    expect(metrics).toContain('siaga_feed_request_seconds_count{route="/v1/flags",status="4xx"} 1');
    expect(metrics).toContain('siaga_feed_request_seconds_count{route="none",status="4xx"} 1');
  });
});
