import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

export interface Manners {
  /** What it answers where Mastodon streams server-sent events. */
  readonly sse: { readonly status: number; readonly type?: string };
  /** What it answers to a websocket that it does not open. */
  readonly refusal: number;
  /** Where it looks for the token of a websocket; nowhere, and it opens none. */
  readonly tokenIn: 'header' | 'query' | 'nowhere';
}

export const TOKEN = 'rahasia';
export const GOTOSOCIAL: Manners = { sse: { status: 404 }, refusal: 401, tokenIn: 'header' };
/** Pages that it does not know are its web client's. */
export const PLEROMA: Manners = { sse: { status: 200, type: 'text/html' }, refusal: 403, tokenIn: 'query' };

/** Our own double of a server that streams over a websocket only; it wants a token and a user agent, and sorts ids as text. */
export async function dialectDouble({ sse, refusal, tokenIn }: Manners) {
  const statuses: { readonly id: string }[] = [];
  const opened: URL[] = [];
  const minIds: (string | null)[] = [];
  const urlOf = (request: IncomingMessage) => new URL(request.url ?? '/', 'http://double');
  const bearsToken = (request: IncomingMessage) => request.headers.authorization === `Bearer ${TOKEN}`;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = urlOf(request);
    if (!request.headers['user-agent']) return response.writeHead(418).end();
    if (pathname.startsWith('/api/v1/streaming/')) {
      return response.writeHead(sse.status, { 'content-type': sse.type ?? 'application/json' }).end('<html>');
    }
    if (!bearsToken(request)) return response.writeHead(401).end();
    const minId = searchParams.get('min_id');
    minIds.push(minId);
    const after = statuses.filter(({ id }) => minId === null || id > minId);
    const page = minId === null ? after.slice(-40) : after.slice(0, 40);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page.toReversed()));
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const url = urlOf(request);
    const shown = tokenIn === 'header' ? bearsToken(request) : url.searchParams.get('access_token') === TOKEN;
    const isKnown = url.pathname === '/api/v1/streaming' && request.headers['user-agent'];
    if (!isKnown || !shown || tokenIn === 'nowhere') {
      return socket.end(`HTTP/1.1 ${refusal} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    }
    opened.push(url);
    sockets.handleUpgrade(request, socket, head, () => undefined);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    statuses,
    /** Websockets that were opened, and the `min_id` of each page. */
    opened,
    minIds,
    send(message: unknown) {
      const text = typeof message === 'string' ? message : JSON.stringify(message);
      for (const client of sockets.clients) client.send(text);
    },
    hangUp() {
      for (const client of sockets.clients) client.terminate();
    },
    close() {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}
