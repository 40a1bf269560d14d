import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startFaultProxy, type FaultProxy } from './fault-proxy.js';

let server: Server;
let proxy: FaultProxy;
const clients: Socket[] = [];

beforeEach(async () => {
  server = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await startFaultProxy({ upstreamPort: (server.address() as AddressInfo).port });
});
afterEach(async () => {
  clients.splice(0).forEach((client) => client.destroy());
  await proxy.close();
  server.close();
});

async function client() {
  const socket = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
  clients.push(socket);
  await once(socket, 'connect');
  let heard = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk));
  return {
    socket,
    heard: () => heard,
    async echo(text: string) {
      socket.write(text);
      while (!heard.endsWith(text)) await once(socket, 'data');
    },
  };
}

test('passes everything on in its order, also what waits for a slow way', async () => {
  const { echo, heard, socket } = await client();
  const large = 'x'.repeat(3_000_000);
  await echo(`${large}.`);
  proxy.delay(30);
  const startedAt = performance.now();
  socket.write('a');
  await echo('b');
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(50);
  expect(heard() === `${large}.ab`).toBe(true);
});

test('a cut closes what it chose, and a new connection is as good as ever', async () => {
  const first = await client();
  await first.echo('a');
  const closed = once(first.socket, 'close');
  expect(proxy.cut(1)).toBe(1);
  await closed;
  await (await client()).echo('b');
});

test('what is held up comes later', async () => {
  const one = await client();
  await one.echo('a');
  proxy.stall(true);
  one.socket.write('b');
  const other = await client();
  other.socket.write('c');
  proxy.stall(false);
  await Promise.all([one.echo('d'), other.echo('e')]);
  expect([one.heard(), other.heard()]).toEqual(['abd', 'ce']);
});

test('through a connection that is lost nothing comes, and nobody is told; others are well', async () => {
  const lost = await client();
  await lost.echo('a');
  expect(proxy.lose()).toBe(1);
  expect(proxy.lose()).toBe(0);
  lost.socket.write('b');
  await (await client()).echo('c');
  expect([lost.heard(), lost.socket.closed, proxy.cut(1)]).toEqual(['a', false, 1]);
});
