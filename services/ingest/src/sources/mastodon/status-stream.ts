import { outboundSocket, SocketRefused, TransientError } from '@siaga/runtime';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { USER_AGENT } from '../user-agent.js';
import { eventReader, type ServerSentEvent } from './server-sent-events.js';
import { answered, credentials, type TimelineServer } from './timeline.js';

/** What a server tells as it happens, whichever way it tells it. */
export interface StatusStream {
  readonly batches: AsyncIterable<{ readonly events: readonly ServerSentEvent[]; readonly bytes: number }>;
  close(): Promise<void>;
}

const MAX_MESSAGE_BYTES = 1024 * 1024;
const NOT_IMPLEMENTED = 501;

/**
 * Opens the public stream: as server-sent events, which Mastodon has, else as a websocket, which GoToSocial and Pleroma have
 * too.
 *
 * @returns undefined when the server streams nothing to us
 * @throws TransientError when it may do so later
 */
export async function openStream(server: TimelineServer): Promise<StatusStream | undefined> {
  return (await serverSent(server)) ?? (await overSocket(server));
}

async function serverSent(server: TimelineServer): Promise<StatusStream | undefined> {
  const { web, url, local, signal } = server;
  const address = new URL(`/api/v1/streaming/public${local ? '/local' : ''}`, url).href;
  const stream = await web.stream(address, { headers: credentials(server), signal, redirects: 2 });
  const { status, header, chunks } = stream;
  if (status === 200 && header('content-type')?.startsWith('text/event-stream')) {
    return { batches: eventsOf(chunks), close: () => stream.close() };
  }
  await stream.close();
  if (mayPass(status)) throw answered(status, header);
  return undefined;
}

async function* eventsOf(chunks: AsyncIterable<Uint8Array>) {
  const read = eventReader();
  let bytes = 0;
  for await (const chunk of chunks) {
    const events = read(chunk);
    bytes += chunk.length;
    if (events.length === 0) continue;
    yield { events, bytes };
    bytes = 0;
  }
}

async function overSocket(server: TimelineServer): Promise<StatusStream | undefined> {
  const { url, local, token } = server;
  const address = new URL('/api/v1/streaming', url);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('stream', local ? 'public:local' : 'public');
  const stream = await socketStream(address, server);
  if (stream || token === undefined) return stream;
  // Pleroma knows no header; others are spared a token in their access log.
  address.searchParams.set('access_token', token);
  return socketStream(address, server);
}

async function socketStream(address: URL, server: TimelineServer): Promise<StatusStream | undefined> {
  const messages = outboundSocket(address.href, {
    allowPrivateAddresses: server.allowPrivateAddresses,
    userAgent: USER_AGENT,
    headers: credentials(server),
    signal: server.signal,
    maxMessageBytes: MAX_MESSAGE_BYTES,
  });
  try {
    // The first says that the connection stands; as a rule it brings nothing yet.
    const { value: first = [] } = await messages.next();
    return { batches: messageEvents(first, messages), close: async () => void (await messages.return()) };
  } catch (error) {
    if (!(error instanceof SocketRefused) || mayPass(error.status)) throw error;
    return undefined;
  }
}

const mayPass = (status: number): boolean => status === 429 || (status >= 500 && status !== NOT_IMPLEMENTED);

async function* messageEvents(first: readonly Buffer[], later: AsyncIterable<readonly Buffer[]>) {
  yield eventsIn(first);
  for await (const messages of later) yield eventsIn(messages);
}

const eventsIn = (messages: readonly Buffer[]) => ({
  events: messages.flatMap(eventOf),
  bytes: messages.reduce((sum, { length }) => sum + length, 0),
});

const Message = Compile(
  Type.Object({ event: Type.String(), payload: Type.Optional(Type.Union([Type.String(), Type.Object({})])) }),
);
const Complaint = Compile(Type.Object({ error: Type.String() }));

/** @throws TransientError when the server complains */
function eventOf(raw: Buffer): ServerSentEvent[] {
  const text = raw.toString('utf8');
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    // Goes the way of every status that nobody can read.
    return [{ event: 'update', data: text }];
  }
  if (Complaint.Check(message)) throw new TransientError(`the stream says: ${message.error.slice(0, 100)}`);
  if (!Message.Check(message)) return [];
  const { event, payload = '' } = message;
  // A status is a text of JSON inside the JSON.
  return [{ event, data: typeof payload === 'string' ? payload : JSON.stringify(payload) }];
}
