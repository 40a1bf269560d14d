import { setTimeout as wait } from 'node:timers/promises';
import { TransientError } from '@siaga/runtime';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { entryOf, Rate, WebUrl } from '../../registry/fields.js';
import { isWanted, Languages } from '../languages.js';
import { latestTime } from '../latest-time.js';
import type { Source, SourceBatch, SourceContext, SourceEvent } from '../source.js';
import type { ServerSentEvent } from './server-sent-events.js';
import { earlier, idAt, isLater } from './status-ids.js';
import { openStream } from './status-stream.js';
import { idOf, statusEvent } from './status.js';
import { readPage, type TimelineServer } from './timeline.js';

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
/** Posts of other servers arrive late, under the ids of their time; what comes twice is left out by its id. */
const OVERLAP_MS = 120_000;

const Cursor = Compile(Type.Object({ minId: Type.String({ pattern: '^[0-9A-Za-z]{1,40}$' }) }));
/** A time, in milliseconds, whose id only the server's own ids can tell. */
const FromCursor = Compile(Type.Object({ from: Type.Integer({ minimum: 0 }) }));

/**
 * Pages forward from the cursor, so that nothing between two looks is skipped, and then follows the server's stream, which
 * also tells of edits and deletions. Where there is no stream it asks again and again. Without a cursor it begins with the
 * latest page.
 */
export function mastodonSource(entry: Static<typeof MastodonEntry>, context: SourceContext): Source {
  return {
    open: (cursor, signal) => follow(entry, cursor, { ...context, signal }),
    cursorAt: (time) => ({ from: time.getTime() }),
  };
}

async function* follow(
  entry: Static<typeof MastodonEntry>,
  saved: unknown,
  { web, secrets, allowPrivateAddresses, signal }: SourceContext & { signal: AbortSignal },
): AsyncGenerator<SourceBatch> {
  const { url, local = false, languages, token, pollSeconds = DEFAULT_POLL_SECONDS } = entry;
  const host = new URL(url).hostname.toLowerCase();
  const server: TimelineServer = {
    ...{ web, allowPrivateAddresses, url, local, signal },
    token: token === undefined ? undefined : secrets.get(token),
  };
  /** What the cursor says, and where the next page begins: at first a little earlier. */
  let latest = await startOf(server, saved);
  let position = latest && earlier(latest, OVERLAP_MS);
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
        for await (const { events, bytes } of stream.batches) {
          yield batch(
            events.map((event) => streamed(event, host)),
            events.map(idOfUpdate),
            bytes,
          );
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

/** @returns undefined without a cursor, and for a time where the server's ids do not tell theirs: then from now on */
async function startOf(server: TimelineServer, saved: unknown): Promise<string | undefined> {
  if (Cursor.Check(saved)) return saved.minId;
  if (!FromCursor.Check(saved)) return undefined;
  const { page } = await readPage(server, undefined);
  const known = page.map(idOf).find((id) => id !== undefined);
  return known === undefined ? undefined : idAt(saved.from, known);
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
