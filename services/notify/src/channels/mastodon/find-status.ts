import { retry } from '@siaga/outgoing';
import { retryAfterMs, type OutboundClient } from '@siaga/runtime';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { CallResult } from '../calls.js';

/** A post as the server knows it. */
export interface Found {
  readonly address: string;
  readonly statusId: string;
  readonly accountId: string;
}

const Status = Type.Object({ id: Type.String(), account: Type.Object({ id: Type.String() }) });
const StatusAnswer = Compile(Status);
const SearchAnswer = Compile(Type.Object({ statuses: Type.Array(Status) }));

/** `/@name/ID`, `/users/name/statuses/ID` and GoToSocial's `/@name/statuses/ID`, where the post is the server's own. */
const OWN_PATH = /^\/(?:@[^/]+|(?:users\/|@)[^/]+\/statuses)\/([0-9A-Za-z]{1,40})\/?$/;

/**
 * Looks a post up by its address: by its id where it is the server's own, else through its search, which fetches what it does
 * not know yet.
 *
 * @returns it, or why it cannot be reported
 */
export async function findStatus(
  { server, headers, client }: { server: string; headers: Readonly<Record<string, string>>; client: OutboundClient },
  address: string,
): Promise<Found | CallResult> {
  if (!URL.canParse(address)) return { kind: 'refused', note: 'its address is no URL' };
  const { host, pathname } = new URL(address);
  const id = host === new URL(server).host ? OWN_PATH.exec(pathname)?.[1] : undefined;
  const query = new URLSearchParams({ q: address, type: 'statuses', resolve: 'true', limit: '1' });
  const at = id === undefined ? `/api/v2/search?${query}` : `/api/v1/statuses/${id}`;
  try {
    const { status, header, body } = await client.request(new URL(at, server).href, { headers });
    if (status === 404 || status === 410) return { kind: 'gone', note: 'no longer there' };
    const error = `HTTP ${status} to a look-up`;
    if (status === 429 || status >= 500) return retry(error, retryAfterMs(header));
    if (status !== 200) return { kind: 'failed', error };
    const answer: unknown = JSON.parse(body.toString('utf8'));
    const found = SearchAnswer.Check(answer) ? answer.statuses[0] : StatusAnswer.Check(answer) ? answer : undefined;
    if (!found) return { kind: 'gone', note: 'the server does not find it' };
    return { address, statusId: found.id, accountId: found.account.id };
  } catch (error) {
    // Nothing but a look-up: it can always be made again.
    return { kind: 'retry', error: (error as Error).message };
  }
}
