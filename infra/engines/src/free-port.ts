import net from 'node:net';
import { EngineError } from './engine-error.js';

const HOST = '127.0.0.1';

/** @returns the preferred port when nobody listens on it, else any free one; 0 means any */
export async function freePort(preferred = 0): Promise<number> {
  return (await tryListen(preferred)) ?? (await tryListen(0)) ?? preferred;
}

/** @throws EngineError when the port is taken */
export async function requirePort(port: number, engine: string): Promise<void> {
  if ((await tryListen(port)) === undefined) {
    throw new EngineError(
      `port ${port}, wanted by ${engine}, is taken: stop what listens there or choose another port`,
    );
  }
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address() as net.AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
}
