import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { OutboundError } from './checked-lookup.js';
import { outboundConnector } from './outbound-connection.js';

describe('outboundConnector', () => {
  it('connects to what is allowed, and to nothing private otherwise, as a literal and behind a name', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.end('halo');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const guarded = outboundConnector({ allowPrivateAddresses: false, timeoutMs: 30_000 });
    for (const host of ['127.0.0.1', '::1', '::ffff:127.0.0.1', 'localhost', '0x7f.1']) {
      await expect(guarded(host, port)).rejects.toThrow(host === '0x7f.1' ? Error : OutboundError);
    }
    expect(connections).toBe(0);
    const socket = await outboundConnector({ allowPrivateAddresses: true, timeoutMs: 30_000 })('127.0.0.1', port);
    expect(String((await once(socket, 'data'))[0])).toBe('halo');
    socket.destroy();
    server.close();
    await once(server, 'close');
    await expect(
      outboundConnector({ allowPrivateAddresses: true, timeoutMs: 30_000 })('127.0.0.1', port),
    ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
