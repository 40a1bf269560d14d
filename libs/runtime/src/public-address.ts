import { BlockList, isIP, isIPv6 } from 'node:net';

/** Everything that IANA's special-purpose registries keep from being a host on the public internet (RFC 6890). */
const RESERVED_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

const reserved = new BlockList();
for (const [network, bits] of RESERVED_IPV4) reserved.addSubnet(network, bits);

/** Public IPv6 is allow-listed, which also leaves out mapped and translated forms of private IPv4 addresses. */
const publicIpv6 = new BlockList();
publicIpv6.addSubnet('2000::', 3, 'ipv6');
const tunnelledIpv6 = new BlockList();
tunnelledIpv6.addSubnet('2001::', 23, 'ipv6'); // Teredo and other protocol assignments
tunnelledIpv6.addSubnet('2001:db8::', 32, 'ipv6');
tunnelledIpv6.addSubnet('2002::', 16, 'ipv6');

/** @param address an IP address in text form; anything else is not public */
export function isPublicAddress(address: string): boolean {
  if (isIPv6(address)) return publicIpv6.check(address, 'ipv6') && !tunnelledIpv6.check(address, 'ipv6');
  return isIP(address) === 4 && !reserved.check(address);
}
