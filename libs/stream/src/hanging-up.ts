import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const KEEP_ALIVE_MS = 10_000;

interface Watched {
  readonly events: { readonly REQUEST_TIMEOUT: string };
  on(event: string, listener: () => void): unknown;
}

/**
 * A firewall that has forgotten a connection tells neither end, and kafkajs sends each request that was not answered in time again
 * over that same connection, for ever. Here the first one that is not answered ends the client's connections, and kafkajs
 * makes new ones.
 */
export function hangingUp() {
  const sockets = new Set<Socket>();
  const socketFactory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    const named = isIP(host) === 0 ? { servername: host } : {};
    const socket = ssl ? connectTls({ host, port, ...named, ...ssl }, onConnect) : connect({ host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  return {
    socketFactory,
    /** @returns what was given: a producer, a consumer or an admin of the client that has the socket factory */
    watch<C extends Watched>(client: C): C {
      client.on(client.events.REQUEST_TIMEOUT, () => {
        for (const socket of sockets) socket.destroy(new Error('a request was not answered in time'));
      });
      return client;
    },
  };
}
