import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { TransientError } from './errors.js';
import { OutboundError } from './checked-lookup.js';
import { outboundClient, type OutboundClient, type OutboundOptions } from './outbound.js';
import { isPublicAddress } from './public-address.js';

const servers: Server[] = [];
const clients: OutboundClient[] = [];
const options = { allowPrivateAddresses: true, userAgent: 'siaga-test', timeoutMs: 1_000, maxBodyBytes: 1_000 };

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function aClient(changes: Partial<OutboundOptions> = {}): OutboundClient {
  const client = outboundClient({ ...options, ...changes });
  clients.push(client);
  return client;
}

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '2606:4700::1111'])('lets %s pass', (address) => expect(isPublicAddress(address)).toBe(true));
  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0', '100.64.0.1'],
    ...['::1', '::', 'fe80::1', 'fc00::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '2002:7f00:1::'],
    ...['localhost', '', '127.1'],
  ])('refuses %s', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('outboundClient', () => {
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });

  it('fetches, and names itself', async () => {
    const url = await serve((request, response) => response.end(request.headers['user-agent']));
    const { status, body } = await aClient().request(url);
    expect([status, body.toString()]).toEqual([200, 'siaga-test']);
  });

  it('refuses private addresses, as literals and behind names', async () => {
    const url = await serve((_request, response) => response.end('secret'));
    const client = aClient({ allowPrivateAddresses: false });
    const port = new URL(url).port;
    const addresses = [
      url,
      `http://localhost:${port}`,
      `http://[::1]:${port}`,
      `http://2130706433:${port}`,
      `http://0x7f.1:${port}`,
    ];
    for (const address of addresses) {
      await expect(client.request(address)).rejects.toThrow(OutboundError);
    }
  });

  it('refuses a redirect out of http', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end());
    await expect(aClient().request(url, { redirects: 3 })).rejects.toThrow('refused: file: address');
  });

  it.each([
    ...['http://127.0.0.2/', 'http://[::1]/', 'http://169.254.169.254/latest/meta-data', 'http://10.0.0.1/'],
    ...[
      'http://2130706434/',
      'http://0x7f000002/',
      'http://[::ffff:127.0.0.1]/',
      'http://[64:ff9b::7f00:1]/',
      'gopher://a/',
    ],
  ])('refuses a redirect from an allowed address to %s', async (location) => {
    const url = await serve((_request, response) => response.writeHead(307, { location }).end());
    const client = aClient({ allowPrivateAddresses: new Set(['127.0.0.1']) });
    await expect(client.request(url, { redirects: 3 })).rejects.toThrow(OutboundError);
  });

  it('gives another origin no credentials', async () => {
    const other = await serve((request, response) => response.end(String(request.headers.authorization)));
    const url = await serve((request, response) =>
      request.url === '/here'
        ? response.end(String(request.headers.authorization))
        : response.writeHead(302, { location: request.url === '/' ? '/here' : other }).end(),
    );
    const ask = async (path: string) => {
      const { body } = await aClient().request(url + path, {
        redirects: 1,
        headers: { authorization: 'Bearer rahasia' },
      });
      return body.toString();
    };
    expect(await ask('/')).toBe('Bearer rahasia');
    expect(await ask('/there')).toBe('undefined');
  });

  it('follows no more redirects than asked', async () => {
    const url = await serve((request, response) => response.writeHead(302, { location: request.url as string }).end());
    const { status } = await aClient().request(url, { redirects: 2 });
    expect(status).toBe(302);
  });

  it('refuses an answer that is too large', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(2_000)));
    await expect(aClient().request(url)).rejects.toThrow('more than 1000 bytes');
  });

  it('calls silence and closed ports transient', async () => {
    const silent = await serve(() => undefined);
    await expect(aClient({ timeoutMs: 200 }).request(silent)).rejects.toThrow(TransientError);
    await expect(aClient().request('http://127.0.0.1:1')).rejects.toThrow(TransientError);
  });
});
