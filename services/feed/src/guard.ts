import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestError } from './problem.js';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The one place that decides who may change anything; a sign-in goes here. Until then whoever reaches the port may, but no
 * other web site may do it through an analyst's browser: browsers say where a request comes from, and send JSON across
 * origins only when asked first, which we never allow. Programs send neither header.
 *
 * Contract: every method but the reading ones passes through here before its body is read.
 */
export function guardChanges(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (READING.has(request.method)) return;
    if (!isSameOrigin(request))
      throw new RequestError(403, 'changes are taken from the console itself, not from other sites');
    const [type = ''] = (request.headers['content-type'] ?? '').split(';', 1);
    if (type.trim().toLowerCase() !== 'application/json') {
      throw new RequestError(415, 'send JSON, as application/json');
    }
  });
}

/** Fetch Metadata where the browser sends it, else `Origin`; a program sends neither. */
function isSameOrigin({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Who makes a change: the name that the request gives, until there is a sign-in to tell. */
export function actorOf(_request: FastifyRequest, named: string): string {
  return named;
}
