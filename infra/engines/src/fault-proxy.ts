import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { delayedPipe } from './delayed-pipe.js';

/** A TCP proxy on 127.0.0.1 whose connections can be cut, slowed down, held up and lost. */
export interface FaultProxy {
  readonly port: number;
  /** Closes about that share of the connections, both ends at once. @returns how many */
  cut(share: number): number;
  /** Every byte takes so much longer, in both directions, until it is set back to 0. */
  delay(ms: number): void;
  /** Nothing passes and nothing is closed, until it is set back to false. */
  stall(stalled: boolean): void;
  /**
   * What a firewall does that forgets: nothing will ever pass through the connections of now, and neither end is told. New ones
   * are as good as ever. @returns how many
   */
  lose(): number;
  close(): Promise<void>;
}

interface Connection {
  readonly ends: readonly [Socket, Socket];
  lost: boolean;
}

/**
 * @param upstreamPort may be down when a connection comes: it is closed then
 * @param random from 0 to 1, chooses which connections are cut
 */
export async function startFaultProxy(
  { port = 0, upstreamPort }: { readonly port?: number; readonly upstreamPort: number },
  random: () => number = Math.random,
): Promise<FaultProxy> {
  const connections = new Set<Connection>();
  const state = { delayMs: 0, stalled: false };
  const server = createServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port: upstreamPort });
    const connection: Connection = { ends: [client, upstream], lost: false };
    connections.add(connection);
    const held = () => connection.lost || state.stalled;
    const end = () => {
      // Of a lost connection neither end hears that the other is gone.
      if (connection.lost) return;
      connections.delete(connection);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of connection.ends) socket.setNoDelay(true).on('error', end).on('close', end);
    delayedPipe(client, upstream, { delayMs: () => state.delayMs, held });
    delayedPipe(upstream, client, { delayMs: () => state.delayMs, held });
  });
  await listening(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    cut(share) {
      const chosen = [...connections].filter(({ lost }) => !lost && random() < share);
      for (const { ends } of chosen) ends.forEach((socket) => socket.destroy());
      return chosen.length;
    },
    delay: (ms) => void (state.delayMs = ms),
    stall: (stalled) => void (state.stalled = stalled),
    lose() {
      const living = [...connections].filter(({ lost }) => !lost);
      for (const connection of living) connection.lost = true;
      return living.length;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const { ends } of connections) ends.forEach((socket) => socket.destroy());
      await closed;
    },
  };
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
