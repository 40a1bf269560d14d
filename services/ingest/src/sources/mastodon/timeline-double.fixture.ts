import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Status {
  readonly id: string;
}

const PAGE = 40;

/**
 * Our own double of a Mastodon server: a public timeline with `min_id` and `max_id`, forty to a page and the newest first,
 * and its stream of server-sent events.
 */
export async function timelineDouble() {
  const statuses: Status[] = [];
  const streams = new Set<ServerResponse>();
  let breaksNextPage = false;

  const pageOf = (query: URLSearchParams): Status[] => {
    const [minId, maxId] = [query.get('min_id'), query.get('max_id')];
    const among = statuses.filter(
      ({ id }) => (minId === null || BigInt(id) > BigInt(minId)) && (maxId === null || BigInt(id) < BigInt(maxId)),
    );
    // With min_id the page next to it, else the latest.
    return (minId === null ? among.slice(-PAGE) : among.slice(0, PAGE)).toReversed();
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://double');
    if (url.pathname === '/api/v1/streaming/public') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':)\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
    } else if (url.pathname === '/api/v1/timelines/public') {
      const body = JSON.stringify(pageOf(url.searchParams));
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
      if (breaksNextPage) {
        breaksNextPage = false;
        response.write(body.slice(0, Math.ceil(body.length / 2)), () => response.destroy());
      } else response.end(body);
    } else response.writeHead(404).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get streams() {
      return streams.size;
    },
    /** Publishes a status; ids must grow. */
    emit(status: Status) {
      statuses.push(status);
      for (const stream of streams) stream.write(`event: update\ndata: ${JSON.stringify(status)}\n\n`);
    },
    /** Every stream breaks in the middle of an event, and the page that is asked for next in the middle of its body. */
    cut() {
      breaksNextPage = true;
      for (const stream of streams) stream.write('event: update\ndata: {"id":"1', () => stream.destroy());
      streams.clear();
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
