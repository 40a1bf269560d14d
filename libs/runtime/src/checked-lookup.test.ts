import { lookup } from 'node:dns';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type LookupFunction } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { allowedAddresses, checkedLookup, OutboundError } from './checked-lookup.js';

/** A name server that gives one answer after the other, as an attacker's would. */
function changing(...answers: string[][]): typeof lookup {
  return ((_name: string, _options: object, callback: (error: null, addresses: object[]) => void) => {
    const addresses = answers.length > 1 ? answers.shift() : answers[0];
    callback(
      null,
      (addresses ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as unknown as typeof lookup;
}
const resolveWith = (look: LookupFunction, all = true) =>
  new Promise<unknown>((resolve, reject) =>
    look('kabar.invalid', { all }, (error, addresses) => (error ? reject(error) : resolve(addresses))),
  );

describe('checkedLookup', () => {
  it('gives only what may be connected to, at every look', async () => {
    const look = checkedLookup(
      allowedAddresses(false),
      changing(['8.8.8.8', '10.0.0.1'], ['127.0.0.1'], ['::ffff:10.0.0.1']),
    );
    expect(await resolveWith(look)).toEqual([{ address: '8.8.8.8', family: 4 }]);
    await expect(resolveWith(look)).rejects.toThrow(OutboundError);
    await expect(resolveWith(look)).rejects.toThrow(OutboundError);
  });

  it('is what a connection is made with: a name that changes its answer connects nowhere', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const attempt = (look: LookupFunction) => {
      const socket = connect({ host: 'kabar.invalid', port, lookup: look });
      return once(socket, 'connect').then(() => socket.destroy());
    };
    // A look beforehand finds a public address; the connection's own look finds ours.
    const rebinding = changing(['8.8.8.8'], ['127.0.0.1']);
    expect(await resolveWith(checkedLookup(allowedAddresses(false), rebinding))).toHaveLength(1);
    await expect(attempt(checkedLookup(allowedAddresses(false), rebinding))).rejects.toThrow(
      'refused: private address',
    );
    expect(connections).toBe(0);
    await attempt(checkedLookup(allowedAddresses(true), rebinding));
    server.close();
  });
});
