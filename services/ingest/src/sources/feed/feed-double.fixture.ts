import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Our own double of a site with an RSS feed of its latest items, with an ETag. What has left the feed before anybody looked is
 * gone: a feed can lose items by its nature.
 *
 * @param window how many items the feed shows
 */
export async function feedDouble(window: number) {
  const items: string[] = [];
  let breaksNext = false;
  const server = createServer((request, response) => {
    if (request.url !== '/feed') return response.writeHead(404).end();
    const etag = `"${items.length}"`;
    if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
    const latest = items.slice(-window).toReversed().join('');
    const body = `<rss version="2.0"><channel><title>Kabar</title>${latest}</channel></rss>`;
    response.writeHead(200, {
      ...{ etag, 'content-type': 'application/rss+xml', 'content-length': Buffer.byteLength(body) },
    });
    if (!breaksNext) return response.end(body);
    breaksNext = false;
    return response.write(body.slice(0, Math.ceil(body.length / 2)), () => response.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`,
    publish: (id: string, title: string) =>
      void items.push(`<item><guid>${id}</guid><title>${title}</title><link>http://kabar.invalid/${id}</link></item>`),
    /** The next answer breaks in the middle of its body. */
    cut: () => void (breaksNext = true),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
