import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@siaga/runtime';
import { openSource, type ReadEntry } from './sources/kinds.js';
import { politeClient, type PoliteClient } from './web/polite-client.js';
import { robotsRules } from './web/robots.js';

const QUICK = { concurrency: 4, perSecond: 1_000, failures: 100, restMs: 1_000 };
const LIMITS = { userAgent: 'test', timeoutMs: 5_000, maxBodyBytes: 1_000_000 };
const servers: Server[] = [];
const clients: PoliteClient[] = [];
const stop = new AbortController();

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: RequestListener, host = '127.0.0.1') {
  const server = createServer(answer);
  servers.push(server);
  let connections = 0;
  server.on('connection', () => connections++);
  await once(server.listen(0, host), 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://${host}:${port}`, connections: () => connections };
}

/** @param allowed what the fleet may reach besides public addresses */
function open(entry: ReadEntry, allowed: false | ReadonlySet<string>) {
  const web = politeClient({ ...LIMITS, allowPrivateAddresses: allowed }, QUICK);
  clients.push(web);
  const context = {
    ...{ web, robots: robotsRules(web), log: createLogger('test', 'silent') },
    ...{ secrets: { get: () => '' }, allowPrivateAddresses: false },
  };
  return openSource(entry, context).open(null, stop.signal)[Symbol.asyncIterator]();
}

const hosts = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0'];
const kinds = ['feed', 'claims', 'mastodon', 'jetstream', 'firehose'] as const;

describe('private addresses', () => {
  it.each(kinds)('a source of kind %s reaches none, however it is written', async (kind) => {
    const { port, connections } = await serve((_request, response) => response.end('rahasia'));
    const scheme = kind === 'jetstream' || kind === 'firehose' ? 'ws' : 'http';
    for (const host of hosts) {
      const batches = open({ name: 's', kind, url: `${scheme}://${host}:${port}` }, false);
      await expect(batches.next()).rejects.toThrow(/refused: private address/);
    }
    expect(connections()).toBe(0);
  });

  it.each(['feed', 'claims', 'mastodon'] as const)('a source of kind %s follows no redirect to one', async (kind) => {
    const inside = await serve((_request, response) => response.end('rahasia'), '127.0.0.2');
    for (const location of [inside.url, 'file:///etc/passwd', `http://[::ffff:127.0.0.2]:${inside.port}/`]) {
      const outside = await serve((_request, response) => response.writeHead(302, { location }).end());
      const batches = open({ name: 's', kind, url: outside.url }, new Set(['127.0.0.1']));
      await expect(batches.next()).rejects.toThrow(/refused: (private|file:) address/);
    }
    expect(inside.connections()).toBe(0);
  });

  it('articles that a feed of claims links to are held to it too', async () => {
    const inside = await serve((_request, response) => response.end('rahasia'), '127.0.0.2');
    const items = [inside.url, 'file:///etc/passwd']
      .map((link, n) => `<item><guid>${n}</guid><title>[HOAKS] Kabar ${n}</title><link>${link}</link></item>`)
      .join('');
    const feed = await serve((request, response) =>
      request.url === '/robots.txt'
        ? response.writeHead(404).end()
        : response.end(`<rss version="2.0"><channel>${items}</channel></rss>`),
    );
    const batches = open({ name: 's', kind: 'claims', url: feed.url }, new Set(['127.0.0.1']));
    // What cannot be read goes by its title; a link that is no web address makes no claim.
    const { value } = (await batches.next()) as { value: { events: { content: { kind: string } }[] } };
    expect(value.events.map(({ content }) => content.kind)).toEqual(['claim']);
    await batches.return?.(undefined);
    expect(inside.connections()).toBe(0);
  });
});
