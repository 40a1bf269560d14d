import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { createLogger } from '@siaga/runtime';
import { politeClient } from '../../web/polite-client.js';
import { robotsRules } from '../../web/robots.js';
import type { SourceBatch } from '../source.js';
import { feedSource } from './feed.js';

it('brings each item once, also of a feed with more items than can be remembered', async () => {
  let newest = 2_099;
  const server = createServer((request, response) => {
    if (request.url !== '/feed') return response.writeHead(404).end();
    const items = Array.from({ length: newest + 1 }, (_, i) => ({
      id: `g${newest - i}`,
      title: `kabar ${newest - i}`,
    }));
    return response.end(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`;
  const stop = new AbortController();
  const web = politeClient(
    { allowPrivateAddresses: true, userAgent: 'test', timeoutMs: 30_000, maxBodyBytes: 10_000_000 },
    { concurrency: 4, perSecond: 1_000, failures: 100, restMs: 1_000 },
  );
  const source = feedSource(
    { name: 'f', kind: 'feed', url, pollSeconds: 0.01 },
    {
      ...{ allowPrivateAddresses: true, log: createLogger('test', 'silent'), secrets: { get: () => '' } },
      ...{ web, robots: robotsRules(web) },
    },
  );
  const batches = source.open(null, stop.signal)[Symbol.asyncIterator]();
  const texts = async () =>
    ((await batches.next()).value as SourceBatch).events.map(({ content }) =>
      content.kind === 'post' ? content.text : content.kind,
    );
  const first = await texts();
  expect([first.length, first[0], first.at(-1)]).toEqual([2_000, 'kabar 100', 'kabar 2099']);
  for (newest of [2_100, 2_101]) expect(await texts()).toEqual([`kabar ${newest}`]);
  stop.abort();
  await batches.return?.(undefined);
  await web.close();
  server.closeAllConnections();
  server.close();
});
