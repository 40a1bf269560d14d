import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** How a protocol says where to go on, and when it may begin. */
export interface Protocol {
  readonly path: string;
  /** Whether an event at `position` comes after the client's cursor. */
  readonly isAfter: (position: number, cursor: number) => boolean;
  readonly waitsForHello: boolean;
}

export const JETSTREAM: Protocol = {
  path: '/subscribe',
  isAfter: (position, cursor) => position >= cursor,
  waitsForHello: true,
};
export const FIREHOSE: Protocol = {
  path: '/xrpc/com.atproto.sync.subscribeRepos',
  isAfter: (position, cursor) => position > cursor,
  waitsForHello: false,
};

/**
 * Our own double of an event stream: it keeps what it has sent, and a client that comes with a cursor gets what came after
 * it. Without a cursor, only what is new.
 */
export async function streamDouble(protocol: Protocol) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const log: { readonly position: number; readonly data: Buffer | string }[] = [];
  const clients = new Set<WebSocket>();
  let connections = 0;
  let agent: string | undefined;

  server.on('connection', (socket, request) => {
    const url = new URL(request.url ?? '/', 'http://double');
    if (url.pathname !== protocol.path) return socket.close();
    connections++;
    agent = request.headers['user-agent'];
    const start = () => {
      const cursor = url.searchParams.get('cursor');
      if (cursor !== null) {
        for (const { position, data } of log) if (protocol.isAfter(position, Number(cursor))) socket.send(data);
      }
      clients.add(socket);
    };
    socket.on('close', () => clients.delete(socket));
    socket.on('error', () => undefined);
    if (protocol.waitsForHello && url.searchParams.get('requireHello') === 'true') socket.once('message', start);
    else start();
  });

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get clients() {
      return clients.size;
    },
    get connections() {
      return connections;
    },
    get agent() {
      return agent;
    },
    emit(position: number, data: Buffer | string) {
      log.push({ position, data });
      for (const client of clients) client.send(data);
    },
    /** Every connection breaks, with whatever is under way. */
    cut() {
      for (const client of clients) client.terminate();
      clients.clear();
    },
    async close() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
