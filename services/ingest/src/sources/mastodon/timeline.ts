import { retryAfterMs, TransientError } from '@siaga/runtime';
import type { PoliteClient } from '../../web/polite-client.js';

/** A server as one source sees it. */
export interface TimelineServer {
  readonly web: PoliteClient;
  readonly allowPrivateAddresses: boolean;
  readonly url: string;
  /** Only what the server's own accounts write. */
  readonly local: boolean;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
}

const PAGE = 40;

/** @returns the page of statuses next to `minId`, or the latest one, as it came; the newest first */
export async function readPage(server: TimelineServer, minId: string | undefined) {
  const { web, url, local, signal } = server;
  const address = new URL('/api/v1/timelines/public', url);
  address.searchParams.set('limit', String(PAGE));
  if (local) address.searchParams.set('local', 'true');
  if (minId !== undefined) address.searchParams.set('min_id', minId);
  const { status, header, body } = await web.request(address.href, {
    headers: credentials(server),
    signal,
    redirects: 2,
  });
  if (status !== 200) throw answered(status, header);
  const page = JSON.parse(body.toString('utf8')) as unknown;
  if (!Array.isArray(page)) throw new Error('the address does not answer as a Mastodon server would');
  return { page: page as unknown[], bytes: body.length };
}

export function credentials({ token }: TimelineServer): Readonly<Record<string, string>> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** An answer that may be another one later. */
export function answered(status: number, header: (name: string) => string | null): TransientError {
  const wanted = status === 401 || status === 403 || status === 422 ? ': it may want a token' : '';
  const retryAfter = retryAfterMs(header);
  return new TransientError(`the server answered HTTP ${status}${wanted}`, {
    ...(status === 429 && retryAfter !== undefined ? { retryAfterMs: retryAfter } : {}),
  });
}
