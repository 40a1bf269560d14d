import { outboundSocket } from '@siaga/runtime';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { entryOf, Platform } from '../../registry/fields.js';
import { isWanted, Languages } from '../languages.js';
import type { Source, SourceBatch, SourceContext, SourceEvent } from '../source.js';
import { USER_AGENT } from '../user-agent.js';
import { blueskyDeparture, blueskyPost, blueskyRemoval, POSTS } from './post-record.js';

/** A Jetstream server: the firehose as JSON. */
export const JetstreamEntry = entryOf('jetstream', {
  url: Type.String({ pattern: '^wss?://[^\\s/]+/?$' }),
  platform: Type.Optional(Platform),
  languages: Type.Optional(Languages),
});

const MAX_MESSAGE_BYTES = 1024 * 1024;
/** Its clock is not quite monotonic; what comes twice is left out by its id. */
const OVERLAP_US = 1_000_000;

const Cursor = Compile(Type.Object({ timeUs: Type.Integer({ minimum: 0 }) }));
const Timed = Compile(Type.Object({ time_us: Type.Integer() }));
const Account = Compile(
  Type.Object({
    did: Type.String(),
    kind: Type.Literal('account'),
    account: Type.Object({ active: Type.Boolean(), status: Type.Optional(Type.String()) }),
  }),
);
const Commit = Compile(
  Type.Object({
    did: Type.String(),
    time_us: Type.Integer(),
    kind: Type.Literal('commit'),
    commit: Type.Object({
      operation: Type.Union([Type.Literal('create'), Type.Literal('update'), Type.Literal('delete')]),
      collection: Type.Literal(POSTS),
      rkey: Type.String(),
      record: Type.Optional(Type.Unknown()),
    }),
  }),
);

/** Posts with their edits and deletions. Without a cursor it begins with what happens now. */
export function jetstreamSource(entry: Static<typeof JetstreamEntry>, context: SourceContext): Source {
  return {
    open: (cursor, signal) => follow(entry, cursor, { ...context, signal }),
    cursorAt: (time) => ({ timeUs: time.getTime() * 1000 }),
  };
}

async function* follow(
  { url, platform = 'bluesky', languages }: Static<typeof JetstreamEntry>,
  saved: unknown,
  { allowPrivateAddresses, signal }: SourceContext & { signal: AbortSignal },
): AsyncGenerator<SourceBatch> {
  // A cursor that lies ahead would let the server send only what is new, at every connection, and what came between is lost.
  let timeUs = Cursor.Check(saved) ? Math.min(saved.timeUs, nowUs()) : undefined;
  const address = new URL('/subscribe', url);
  address.searchParams.set('wantedCollections', POSTS);
  // Nothing is sent before it has heard what we want and how much of it at a time.
  address.searchParams.set('requireHello', 'true');
  if (timeUs !== undefined) address.searchParams.set('cursor', String(Math.max(0, timeUs - OVERLAP_US)));
  const startedUs = nowUs();
  const hello = JSON.stringify({
    type: 'options_update',
    payload: { wantedCollections: [POSTS], wantedDids: [], maxMessageSizeBytes: MAX_MESSAGE_BYTES },
  });
  const options = { allowPrivateAddresses, userAgent: USER_AGENT, hello, signal, maxMessageBytes: MAX_MESSAGE_BYTES };
  for await (const messages of outboundSocket(address.href, options)) {
    const events: SourceEvent[] = [];
    for (const message of messages) {
      const read = readMessage(message, platform);
      if (read.event && isWanted(read.event.content, languages)) events.push(read.event);
      timeUs = Math.max(timeUs ?? 0, Math.min(read.timeUs ?? 0, nowUs())) || undefined;
    }
    const bytes = messages.reduce((sum, { length }) => sum + length, 0);
    // From the first connection on there is a cursor: what comes while this worker dies must not be missed.
    yield { events, cursor: { timeUs: timeUs ?? startedUs }, bytes, ...at(timeUs) };
  }
}

const nowUs = (): number => Date.now() * 1000;

const at = (timeUs: number | undefined) => (timeUs === undefined ? {} : { at: new Date(timeUs / 1000) });

export function readMessage(raw: Buffer, platform: string): { event?: SourceEvent; timeUs?: number } {
  const refusal = (position: string, reason: string, detail: string): SourceEvent => ({
    position,
    raw,
    content: { kind: 'refusal', reason, detail },
  });
  let message: unknown;
  try {
    message = JSON.parse(raw.toString('utf8'));
  } catch {
    return { event: refusal('', 'not-json', `message of ${raw.length} bytes is not JSON`) };
  }
  if (!Timed.Check(message)) return { event: refusal('', 'schema-mismatch', 'the message has no time_us') };
  const { time_us: timeUs } = message;
  if (Account.Check(message)) {
    const content = blueskyDeparture({ platform, ...message.account, did: message.did }, new Date(timeUs / 1000));
    return { timeUs, ...(content ? { event: { position: String(timeUs), raw, content } } : {}) };
  }
  // Other kinds of events, and other collections.
  if (!Commit.Check(message)) return { timeUs };
  const { operation, rkey, record } = message.commit;
  const repository = { platform, did: message.did, rkey };
  const at = new Date(timeUs / 1000);
  const content =
    operation === 'delete'
      ? blueskyRemoval(repository, at)
      : blueskyPost(repository, record, operation === 'update' ? at : undefined);
  return { timeUs, event: { position: String(timeUs), raw, content } };
}
