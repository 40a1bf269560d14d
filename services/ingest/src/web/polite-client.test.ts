import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { TransientError } from '@siaga/runtime';
import { politeClient, type PoliteClient, type Politeness } from './polite-client.js';
import { robotsRules } from './robots.js';

const open: { server: Server; client: PoliteClient }[] = [];
afterEach(async () => {
  for (const { server, client } of open.splice(0)) {
    await client.close();
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener, politeness: Partial<Politeness> = {}) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = politeClient(
    { allowPrivateAddresses: true, userAgent: 'siaga-test', timeoutMs: 5_000, maxBodyBytes: 10_000 },
    { concurrency: 2, perSecond: 100, failures: 3, restMs: 60_000, ...politeness },
  );
  open.push({ server, client });
  return { client, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
const never = new AbortController().signal;

describe('politeClient', () => {
  it('has no more requests under way at a host than it may', async () => {
    let under = 0;
    let most = 0;
    const { client, url } = await serve((_request, response) => {
      most = Math.max(most, ++under);
      setTimeout(() => {
        under--;
        response.end();
      }, 20);
    });
    await Promise.all(Array.from({ length: 12 }, () => client.request(url)));
    expect(most).toBe(2);
  });

  it('spreads requests to a host over time, and tells each asker how long its own waited', async () => {
    const { client, url } = await serve((_request, response) => response.end(), { perSecond: 2 });
    const waits: number[] = [];
    const ofOther: number[] = [];
    const one = client.hearing((seconds) => waits.push(seconds));
    await client.hearing((seconds) => ofOther.push(seconds)).request(url);
    await Promise.all(Array.from({ length: 5 }, () => one.request(url)));
    // They share the host's turns, and the other's came first.
    expect(Math.max(...waits)).toBeGreaterThan(1);
    expect([waits.length, ofOther.length]).toEqual([5, 1]);
  });

  it('asks a host as seldom as it is told to, and others as before', async () => {
    const asked: number[] = [];
    const slow = await serve(
      (_request, response) => {
        asked.push(performance.now());
        response.end();
      },
      { perSecond: 1_000, rateOf: (host) => (slow.url.endsWith(host) ? 4 : undefined) },
    );
    const stop = new AbortController();
    await Promise.all([1, 2, 3].map(() => slow.client.request(slow.url)));
    expect((asked[2] as number) - (asked[0] as number)).toBeGreaterThan(400);
    // Whoever gives up does not wait for a turn.
    const waits = slow.client.request(slow.url, { signal: stop.signal });
    stop.abort();
    await expect(waits).rejects.toThrow(/abort/i);
    expect(asked.length).toBe(3);
  });

  it('leaves a host alone that fails again and again, and no other', async () => {
    let asked = 0;
    const sick = await serve((_request, response) => {
      asked++;
      response.writeHead(503).end();
    });
    for (let i = 0; i < 3; i++) expect((await sick.client.request(sick.url)).status).toBe(503);
    const error = (await sick.client.request(sick.url).catch((reason: unknown) => reason)) as TransientError;
    expect(error.message).toMatch(/has failed 3 times in a row and is left alone/);
    expect(error.retryAfterMs).toBe(60_000);
    expect(asked).toBe(3);
    const well = await serve((_request, response) => response.end());
    expect((await sick.client.request(well.url)).status).toBe(200);
  });
});

describe('robotsRules', () => {
  it('keeps to what a host asks, and asks it once', async () => {
    let asked = 0;
    const { client, url } = await serve((request, response) => {
      if (request.url === '/robots.txt') asked++;
      response.end('User-agent: Siaga\nDisallow: /private\n\nUser-agent: *\nDisallow: /');
    });
    const robots = robotsRules(client);
    await robots.check(`${url}/feed`, never);
    await expect(robots.check(`${url}/private/feed`, never)).rejects.toThrow('asks robots not to read');
    expect(asked).toBe(1);
  });

  it('reads everything where there is no robots.txt, and nothing while the host cannot say', async () => {
    const without = await serve((_request, response) => response.writeHead(404).end('Disallow: /'));
    await robotsRules(without.client).check(`${without.url}/feed`, never);
    const sick = await serve((_request, response) => response.writeHead(500).end());
    await expect(robotsRules(sick.client).check(`${sick.url}/feed`, never)).rejects.toThrow('answered HTTP 500');
  });
});
