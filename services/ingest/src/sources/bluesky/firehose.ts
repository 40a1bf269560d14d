import { CarBufferReader } from '@ipld/car/buffer-reader';
import * as dagCbor from '@ipld/dag-cbor';
import { outboundSocket, TransientError } from '@siaga/runtime';
import { decodeFirst } from 'cborg';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { entryOf, Platform } from '../../registry/fields.js';
import { isWanted, Languages } from '../languages.js';
import type { Source, SourceBatch, SourceContext, SourceEvent } from '../source.js';
import { USER_AGENT } from '../user-agent.js';
import { blueskyDeparture, blueskyPost, blueskyRemoval, POSTS } from './post-record.js';

/** `com.atproto.sync.subscribeRepos` of a PDS or a relay. */
export const FirehoseEntry = entryOf('firehose', {
  url: Type.String({ pattern: '^wss?://[^\\s/]+/?$' }),
  platform: Type.Optional(Platform),
  languages: Type.Optional(Languages),
});

/** The protocol's own limit is 5 MB a frame. */
const MAX_FRAME_BYTES = 5 * 1024 * 1024;

const Cursor = Compile(Type.Object({ seq: Type.Integer({ minimum: 0 }) }));
const Header = Compile(Type.Object({ op: Type.Integer(), t: Type.Optional(Type.String()) }));
const Fault = Compile(Type.Object({ error: Type.String() }));
const Sequenced = Compile(Type.Object({ seq: Type.Integer(), time: Type.Optional(Type.String()) }));
const Account = Compile(
  Type.Object({ did: Type.String(), active: Type.Boolean(), status: Type.Optional(Type.String()) }),
);
const Commit = Compile(
  Type.Object({
    repo: Type.String(),
    blocks: Type.Unsafe<Uint8Array>({}),
    ops: Type.Array(
      Type.Object({
        action: Type.Union([Type.Literal('create'), Type.Literal('update'), Type.Literal('delete')]),
        path: Type.String(),
        cid: Type.Unsafe<{ toString(): string } | null>({}),
      }),
    ),
  }),
);

/** Posts of a whole server, with their edits and deletions. Without a cursor it begins with what happens now. */
export function firehoseSource(entry: Static<typeof FirehoseEntry>, context: SourceContext): Source {
  return { open: (cursor, signal) => follow(entry, cursor, { ...context, signal }) };
}

async function* follow(
  { url, platform = 'bluesky', languages }: Static<typeof FirehoseEntry>,
  saved: unknown,
  { allowPrivateAddresses, signal }: SourceContext & { signal: AbortSignal },
): AsyncGenerator<SourceBatch> {
  let seq = Cursor.Check(saved) ? saved.seq : undefined;
  const address = new URL('/xrpc/com.atproto.sync.subscribeRepos', url);
  if (seq !== undefined) address.searchParams.set('cursor', String(seq));
  const options = { allowPrivateAddresses, userAgent: USER_AGENT, signal, maxMessageBytes: MAX_FRAME_BYTES };
  for await (const frames of outboundSocket(address.href, options)) {
    const events: SourceEvent[] = [];
    let at: Date | undefined;
    for (const frame of frames) {
      const read = readFrame(frame, platform);
      // The server has begun anew and counts from the start: with our cursor it would send nothing, for ever.
      if (read.fault === 'FutureCursor') {
        yield { events: [], cursor: {} };
        throw new TransientError('the firehose has begun anew: following it from now on');
      }
      if (read.fault) throw new Error(`the firehose says ${read.fault}`);
      events.push(...read.events.filter(({ content }) => isWanted(content, languages)));
      seq = read.seq ?? seq;
      at = read.at ?? at;
    }
    yield { events, cursor: seq === undefined ? {} : { seq }, bytes: bytesOf(frames), ...(at ? { at } : {}) };
  }
}

const bytesOf = (frames: readonly Buffer[]): number => frames.reduce((sum, { length }) => sum + length, 0);

interface Frame {
  readonly events: readonly SourceEvent[];
  readonly seq?: number;
  readonly at?: Date;
  readonly fault?: string;
}

/** A frame is two CBOR values, one after the other: a header and a body. What cannot be read is a refusal. */
export function readFrame(frame: Buffer, platform: string): Frame {
  let header: unknown;
  let body: unknown;
  try {
    const [first, rest] = decodeFirst(frame, dagCbor.decodeOptions) as [unknown, Uint8Array];
    [header, body] = [first, dagCbor.decode(rest)];
  } catch (error) {
    return { events: [refused(frame, '', 'not-cbor', (error as Error).message)] };
  }
  if (!Header.Check(header)) return { events: [refused(frame, '', 'schema-mismatch', 'the frame has no header')] };
  if (header.op === -1) return { events: [], fault: Fault.Check(body) ? body.error : 'an error' };
  if (!Sequenced.Check(body)) return { events: [] };
  const time = new Date(body.time ?? NaN);
  const position = { seq: body.seq, ...(Number.isNaN(time.getTime()) ? {} : { at: time }) };
  const read = READERS.get(header.t);
  return { ...position, events: read ? read(frame, body, position, platform) : [] };
}

const READERS: ReadonlyMap<string | undefined, typeof readCommit> = new Map([
  ['#commit', readCommit],
  ['#account', readAccount],
]);

function readAccount(
  frame: Buffer,
  body: object,
  { seq, at }: { seq: number; at?: Date },
  platform: string,
): SourceEvent[] {
  const position = String(seq);
  if (!Account.Check(body)) return [refused(frame, position, 'schema-mismatch', 'the account event is not one')];
  const content = blueskyDeparture({ platform, ...body }, at);
  return content ? [{ position, raw: frame, content }] : [];
}

function readCommit(
  frame: Buffer,
  body: object,
  { seq, at }: { seq: number; at?: Date },
  platform: string,
): SourceEvent[] {
  const position = String(seq);
  if (!Commit.Check(body)) return [refused(frame, position, 'schema-mismatch', 'the commit is not one')];
  const ops = body.ops.filter(({ path }) => path.startsWith(`${POSTS}/`));
  if (ops.length === 0) return [];
  let records: ReadonlyMap<string, Uint8Array>;
  try {
    records = new Map(
      [...CarBufferReader.fromBytes(body.blocks).blocks()].map(({ cid, bytes }) => [cid.toString(), bytes]),
    );
  } catch (error) {
    return [refused(frame, position, 'not-a-car', (error as Error).message)];
  }
  return ops.flatMap(({ action, path, cid }): SourceEvent[] => {
    const repository = { platform, did: body.repo, rkey: path.slice(POSTS.length + 1) };
    if (action === 'delete') return [{ position, raw: frame, content: blueskyRemoval(repository, at) }];
    const bytes = records.get(String(cid));
    if (!bytes) return [refused(frame, position, 'record-missing', 'the commit does not bring the record it names')];
    try {
      const content = blueskyPost(repository, dagCbor.decode(bytes), action === 'update' ? at : undefined);
      return [{ position, raw: frame, content }];
    } catch (error) {
      return [refused(frame, position, 'not-cbor', (error as Error).message)];
    }
  });
}

function refused(raw: Buffer, position: string, reason: string, detail: string): SourceEvent {
  return { position, raw, content: { kind: 'refusal', reason, detail: detail.slice(0, 300) } };
}
