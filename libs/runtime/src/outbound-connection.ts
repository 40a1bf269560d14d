import { connect, isIP, type Socket } from 'node:net';
import { allowedAddresses, checkedLookup, OutboundError } from './checked-lookup.js';

export interface OutboundConnectionOptions {
  readonly allowPrivateAddresses: boolean | ReadonlySet<string>;
  /** For the name and the handshake of TCP together. */
  readonly timeoutMs: number;
}

/**
 * Opens a plain connection, for protocols that are not of the web.
 *
 * @throws OutboundError when the address is refused, and whatever the system says when nobody answers
 */
export type Connect = (host: string, port: number) => Promise<Socket>;

/** The one way out over plain TCP to addresses that others chose, checked as those of the web are. */
export function outboundConnector({ allowPrivateAddresses, timeoutMs }: OutboundConnectionOptions): Connect {
  const isAllowed = allowedAddresses(allowPrivateAddresses);
  return (host, port) =>
    new Promise((resolve, reject) => {
      // A literal address is connected to without a look-up.
      if (isIP(host) !== 0 && !isAllowed(host)) return reject(new OutboundError('refused: private address'));
      const socket = connect({ host, port, lookup: checkedLookup(isAllowed) });
      const timer = setTimeout(
        () => socket.destroy(new Error(`${host}:${port} does not answer within ${timeoutMs / 1000} s`)),
        timeoutMs,
      );
      socket.once('error', reject);
      socket.once('close', () => clearTimeout(timer));
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.removeListener('error', reject);
        resolve(socket);
      });
    });
}
