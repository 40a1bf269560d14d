import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { StreamClient, type EndReason } from './stream-client.js';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close().closeAllConnections()));

/** A stream to a client that reads nothing until it is told to. */
async function aStream(maxBufferedBytes: number) {
  const ends: EndReason[] = [];
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.pause();
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n');
  const client = await new Promise<StreamClient>((resolve) => {
    server.on('request', (_request, response) => {
      response.writeHead(200);
      resolve(new StreamClient(response, { lastSeq: 0, maxBufferedBytes, onEnd: (reason) => ends.push(reason) }));
    });
  });
  return { client, socket, ends };
}

const KIB = 1024;

describe('StreamClient', () => {
  it('cuts off a client that does not read, instead of holding everything for it', async () => {
    const { client, ends } = await aStream(64 * KIB);
    // More than the socket buffers of both ends take.
    for (let i = 0; i < 20_000 && !client.over; i++) client.write('x'.repeat(KIB));
    expect(ends).toEqual(['slow']);
    await client.drained();
  });

  it('waits for a client that reads slowly', async () => {
    const { client, socket, ends } = await aStream(64 * 1024 * KIB);
    client.write('x'.repeat(16 * 1024 * KIB));
    let drained = false;
    const waiting = client.drained().then(() => (drained = true));
    expect(drained).toBe(false);
    socket.resume();
    await waiting;
    expect(ends).toEqual([]);
  });

  it('stops waiting when the client goes away', async () => {
    const { client, socket, ends } = await aStream(64 * 1024 * KIB);
    client.write('x'.repeat(16 * 1024 * KIB));
    socket.destroy();
    await client.drained();
    expect(ends).toEqual(['client']);
    client.end('shutdown');
    expect(ends).toEqual(['client']);
  });
});
