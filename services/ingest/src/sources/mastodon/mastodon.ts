import { setTimeout as wait } from 'node:timers/promises';
import { retryAfterMs, TransientError } from '@siaga/runtime';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { entryOf, Rate, WebUrl } from '../../registry/fields.js';
import type { PoliteClient } from '../../web/polite-client.js';
import { isWanted, Languages } from '../languages.js';
import { latestTime } from '../latest-time.js';
import type { Source, SourceBatch, SourceContext, SourceEvent } from '../source.js';
import { eventReader, type ServerSentEvent } from './server-sent-events.js';
import { idOf, isLater, statusEvent } from './status.js';

/** The public timeline of a server that speaks Mastodon's API. */
export const MastodonEntry = entryOf('mastodon', {
  url: WebUrl,
  /** Only what the server's own accounts write. */
  local: Type.Optional(Type.Boolean()),
  languages: Type.Optional(Languages),
  /** Name of the secret that is an access token, where the server asks for one. */
  token: Type.Optional(Type.String({ minLength: 1 })),
  /** How often to ask where the server does not stream. */
  pollSeconds: Type.Optional(Type.Number({ minimum: 1 })),
  rate: Type.Optional(Rate),
});

const DEFAULT_POLL_SECONDS = 30;
const PAGE = 40;
/** Posts of other servers arrive late, under the ids of their time; what comes twice is left out by its id. */
const OVERLAP_MS = 120_000;
/** Mastodon's ids are milliseconds and 16 more bits; shorter ones are something else. */
const SNOWFLAKE = /^\d{17,19}$/;
const SNOWFLAKE_BITS = 16n;

const Cursor = Compile(Type.Object({ minId: Type.String({ pattern: '^[0-9A-Za-z]{1,40}$' }) }));

/**
 * Pages forward from the cursor, so that nothing between two looks is skipped, and then follows the server's stream, which
 * also tells of edits and deletions. Where there is no stream it asks again and again. Without a cursor it begins with the
 * latest page.
 */
export function mastodonSource(entry: Static<typeof MastodonEntry>, context: SourceContext): Source {
  return {
    open: (cursor, signal) => follow(entry, cursor, { ...context, signal }),
    cursorAt: (time) => ({ minId: String(BigInt(time.getTime()) << SNOWFLAKE_BITS) }),
  };
}

async function* follow(
  entry: Static<typeof MastodonEntry>,
  saved: unknown,
  { web, secrets, signal }: SourceContext & { signal: AbortSignal },
): AsyncGenerator<SourceBatch> {
  const { url, local = false, languages, token, pollSeconds = DEFAULT_POLL_SECONDS } = entry;
  const headers = token === undefined ? {} : { authorization: `Bearer ${secrets.get(token)}` };
  const host = new URL(url).hostname.toLowerCase();
  const server: Server = { web, url, local, headers, signal };
  /** What the cursor says, and where the next page begins: at first a little earlier. */
  let latest = Cursor.Check(saved) ? saved.minId : undefined;
  let position = latest && earlier(latest);
  const batch = (
    found: readonly (SourceEvent | undefined)[],
    ids: readonly (string | undefined)[],
    bytes: number,
  ): SourceBatch => {
    for (const id of ids) {
      if (id === undefined) continue;
      if (position === undefined || isLater(id, position)) position = id;
      if (latest === undefined || isLater(id, latest)) latest = id;
    }
    const events = found.filter((event) => event !== undefined);
    const wanted = events.filter(({ content }) => isWanted(content, languages));
    return { events: wanted, cursor: latest === undefined ? {} : { minId: latest }, bytes, ...latestTime(events) };
  };
  // Before the pages: what is written while they are read waits in the stream.
  const stream = await openStream(server);
  try {
    while (!signal.aborted) {
      for (let full = true; full && !signal.aborted;) {
        const { page, bytes } = await readPage(server, position);
        const before = position;
        // Newest first; a cursor may only be saved behind what came before it.
        yield batch(
          page.toReversed().map((status) => statusEvent(status, host)),
          page.map(idOf),
          bytes,
        );
        // A server that takes no notice of min_id gives the same page for ever.
        full = before !== undefined && position !== before;
      }
      if (stream) {
        const read = eventReader();
        let bytes = 0;
        for await (const chunk of stream.chunks) {
          const events = read(chunk);
          bytes += chunk.length;
          if (events.length === 0) continue;
          yield batch(
            events.map((event) => streamed(event, host)),
            events.map(idOfUpdate),
            bytes,
          );
          bytes = 0;
        }
        if (signal.aborted) return;
        throw new TransientError('the stream has ended');
      }
      await wait(pollSeconds * 1000, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await stream?.close();
  }
}

interface Server {
  readonly web: PoliteClient;
  readonly url: string;
  readonly local: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** @returns undefined when the server streams nothing to us */
async function openStream({ web, url, local, headers, signal }: Server) {
  const address = new URL(`/api/v1/streaming/public${local ? '/local' : ''}`, url).href;
  const stream = await web.stream(address, { headers, signal, redirects: 2 });
  const { status, header } = stream;
  if (status === 200 && header('content-type')?.startsWith('text/event-stream')) return stream;
  await stream.close();
  if (status === 429 || status >= 500) throw answered(status, header);
  return undefined;
}

async function readPage({ web, url, local, headers, signal }: Server, minId: string | undefined) {
  const address = new URL('/api/v1/timelines/public', url);
  address.searchParams.set('limit', String(PAGE));
  if (local) address.searchParams.set('local', 'true');
  if (minId !== undefined) address.searchParams.set('min_id', minId);
  const { status, header, body } = await web.request(address.href, { headers, signal, redirects: 2 });
  if (status !== 200) throw answered(status, header);
  const page = JSON.parse(body.toString('utf8')) as unknown;
  if (!Array.isArray(page)) throw new Error('the address does not answer as a Mastodon server would');
  return { page: page as unknown[], bytes: body.length };
}

function answered(status: number, header: (name: string) => string | null): TransientError {
  const wanted = status === 401 || status === 403 || status === 422 ? ': it may want a token' : '';
  const retryAfter = retryAfterMs(header);
  return new TransientError(`the server answered HTTP ${status}${wanted}`, {
    ...(status === 429 && retryAfter !== undefined ? { retryAfterMs: retryAfter } : {}),
  });
}

function streamed({ event, data }: ServerSentEvent, host: string): SourceEvent | undefined {
  if (event === 'delete') {
    return { position: data, raw: Buffer.from(data), content: { kind: 'removal', platform: host, nativeId: data } };
  }
  if (event !== 'update' && event !== 'status.update') return undefined;
  try {
    return statusEvent(JSON.parse(data), host);
  } catch {
    const content = {
      kind: 'refusal',
      reason: 'not-json',
      detail: `event of ${data.length} characters is not JSON`,
    } as const;
    return { position: '', raw: Buffer.from(data), content };
  }
}

/** Only a new post moves the cursor. */
function idOfUpdate({ event, data }: ServerSentEvent): string | undefined {
  if (event !== 'update') return undefined;
  try {
    return idOf(JSON.parse(data));
  } catch {
    return undefined;
  }
}

function earlier(minId: string): string {
  if (!SNOWFLAKE.test(minId)) return minId;
  return String(BigInt(minId) - (BigInt(OVERLAP_MS) << SNOWFLAKE_BITS));
}
