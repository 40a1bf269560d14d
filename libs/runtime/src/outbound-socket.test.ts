import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebSocketServer, type WebSocket } from 'ws';
import { OutboundError } from './checked-lookup.js';
import { TransientError } from './errors.js';
import { outboundSocket, type OutboundSocketOptions } from './outbound-socket.js';

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

async function serve(onClient: (client: WebSocket) => void, autoPong = true): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong });
  servers.push(server);
  server.on('connection', onClient);
  await once(server, 'listening');
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const connect = (url: string, options: Partial<OutboundSocketOptions> = {}) =>
  outboundSocket(url, {
    allowPrivateAddresses: true,
    userAgent: 'siaga-test',
    signal: new AbortController().signal,
    maxMessageBytes: 1_000,
    ...options,
  });

describe('outboundSocket', () => {
  it('says when the connection stands, and then gives what comes, in order', async () => {
    const url = await serve((client) => client.on('message', (hello) => client.send(`${String(hello)} kembali`)));
    const messages = connect(url, { hello: 'halo' });
    expect((await messages.next()).value).toEqual([]);
    expect(((await messages.next()).value as Buffer[]).map(String)).toEqual(['halo kembali']);
    await messages.return();
  });

  it('lets a fast peer wait for a slow reader, and loses nothing', async () => {
    const total = 30_000;
    let sent = 0;
    const url = await serve((client) => {
      for (let i = 0; i < total; i++) client.send(String(i), () => sent++);
    });
    const messages = connect(url);
    const received: string[] = [];
    let largest = 0;
    for await (const batch of messages) {
      largest = Math.max(largest, batch.length);
      received.push(...batch.map(String));
      if (received.length === total) break;
    }
    expect(received).toEqual(Array.from({ length: total }, (_, i) => String(i)));
    expect(largest).toBeLessThan(total);
    expect(sent).toBe(total);
  });

  it.each<[string, (client: WebSocket) => void, Partial<OutboundSocketOptions>, RegExp]>([
    ['hangs up', (client) => client.close(1001, 'pergi'), {}, /closed the connection: 1001 pergi/],
    ['falls silent', () => undefined, { silenceMs: 60 }, /silent for 0.06 s/],
    ['sends too much at once', (client) => client.send('x'.repeat(2_000)), {}, /Max payload size exceeded/],
  ])('gives up on a peer that %s', async (_what, behave, options, message) => {
    const messages = connect(await serve(behave, false), options);
    const read = async () => {
      for await (const batch of messages) expect(batch).toEqual([]);
    };
    const error = await read().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TransientError);
    expect((error as Error).message).toMatch(message);
  });

  it('ends in peace when it is told to', async () => {
    const stop = new AbortController();
    const messages = connect(await serve(() => undefined), { signal: stop.signal });
    await messages.next();
    stop.abort();
    expect((await messages.next()).done).toBe(true);
  });

  it('connects to nothing private, as a literal and behind a name', async () => {
    const url = await serve(() => undefined);
    const addresses = [
      url,
      url.replace('127.0.0.1', 'localhost'),
      url.replace('127.0.0.1', '[::1]'),
      'http://a.invalid',
    ];
    for (const address of addresses) {
      await expect(connect(address, { allowPrivateAddresses: false }).next()).rejects.toThrow(OutboundError);
    }
  });
});
