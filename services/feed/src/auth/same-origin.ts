import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { RequestError } from '../problem.js';
import type { AccessOptions } from './access.js';
import type { Visitor } from './visitor.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Another site's page can make a browser send a request here, with the browser's own cookie. What changes something must
 * therefore come from a page of ours, as the browser itself says.
 *
 * @throws RequestError 403 otherwise
 */
export function refuseOtherSites(request: FastifyRequest, { ambient }: Visitor, access: AccessOptions): void {
  if (SAFE_METHODS.has(request.method)) return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  // No browser: what it sends, it sends on purpose.
  if (origin === undefined && site === undefined && !ambient) return;
  const fromHere =
    (site === undefined || site === 'same-origin') &&
    (origin === undefined ? site !== undefined : isOwn(origin, request, access));
  if (!fromHere) throw new RequestError(403, 'the request comes from a page of another site');
}

function isOwn(origin: string, request: FastifyRequest, { publicUrl }: AccessOptions): boolean {
  if (!URL.canParse(origin)) return false;
  const { host, origin: plain } = new URL(origin);
  return plain === publicUrl?.origin || host === request.host;
}

/**
 * Whether the name that the request was sent to is ours. A page whose own name is made to lead here (DNS rebinding) would
 * else read what anybody may read, though only on this machine. Such a page has a name: an address is enough.
 */
export function isOwnHost({ hostname }: FastifyRequest, { publicUrl }: AccessOptions): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  return address === 'localhost' || isIP(address) !== 0 || hostname === publicUrl?.hostname;
}
