import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.js';

/** A request that must not be made, or an answer that cannot be taken; trying again does not help. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  /** @param answered whether the request was made and answered */
  constructor(
    message: string,
    readonly answered = false,
  ) {
    super(message);
  }
}

export type IsAllowed = (address: string) => boolean;

/** @param allowPrivateAddresses all of them, none, or just these */
export const allowedAddresses =
  (allowPrivateAddresses: boolean | ReadonlySet<string>): IsAllowed =>
  (address) =>
    allowPrivateAddresses === true ||
    isPublicAddress(address) ||
    (allowPrivateAddresses !== false && allowPrivateAddresses.has(address));

/**
 * What can be said of an address before a connection is made.
 *
 * @throws OutboundError for another protocol or a literal private address; names are for {@link checkedLookup}
 */
export function refuseUnlessAllowed(url: URL, protocols: readonly string[], isAllowed: IsAllowed): void {
  if (!protocols.includes(url.protocol)) throw new OutboundError(`refused: ${url.protocol} address`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) throw new OutboundError('refused: private address');
}

/** Resolves a name for the very connection that is made, so that it cannot change its answer in between. */
export const checkedLookup =
  (isAllowed: IsAllowed, resolve: typeof dnsLookup = dnsLookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      const usable = addresses.filter(({ address }) => isAllowed(address));
      const [first] = usable;
      if (!first) return callback(new OutboundError('refused: private address'), '', 0);
      return options.all ? callback(null, usable) : callback(null, first.address, first.family);
    });
  };
