import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { entryOf, Platform } from '../registry/fields.js';
import { LineSplitter, type Line } from './lines.js';
import type { RawPost, Refusal, Source, SourceBatch, SourceEvent } from './source.js';

export const FileEntry = entryOf('file', {
  /** NDJSON: one post a line, of which only `text` is required. */
  path: Type.String({ minLength: 1 }),
  /** For posts that do not name theirs. */
  platform: Type.Optional(Platform),
  /** Goes on reading as the file grows, instead of ending at its end. */
  follow: Type.Optional(Type.Boolean()),
});

interface FileSourceOptions {
  readonly path: string;
  readonly platform: string;
  readonly follow: boolean;
}

const CHUNK_BYTES = 256 * 1024;
/** A longer line is refused; this much of it is kept for the person who asks why. */
const MAX_LINE_BYTES = 1024 * 1024 + 512 * 1024;
const GROWTH_PAUSE_MS = 200;

const Cursor = Compile(Type.Object({ offset: Type.Integer({ minimum: 0 }), line: Type.Integer({ minimum: 0 }) }));

/** What a line may hold; anything else in it is ignored. */
const FileLine = Compile(
  Type.Object({
    text: Type.String(),
    id: Type.Optional(Type.Union([Type.String(), Type.Integer()])),
    platform: Type.Optional(Type.String()),
    url: Type.Optional(Type.String()),
    author: Type.Optional(Type.String()),
    lang: Type.Optional(Type.String()),
    createdAt: Type.Optional(Type.String()),
  }),
);

/** Posts from a file of newline-delimited JSON. The cursor is a byte offset; a file that shrank is read afresh. */
export function fileSource({ path, platform = 'file', follow = false }: Static<typeof FileEntry>): Source {
  return { open: (cursor, signal) => read({ path, platform, follow }, cursor, signal) };
}

async function* read(options: FileSourceOptions, cursor: unknown, signal: AbortSignal): AsyncGenerator<SourceBatch> {
  const file = await open(options.path);
  try {
    const { size } = await file.stat();
    const saved = Cursor.Check(cursor) && cursor.offset <= size ? cursor : { offset: 0, line: 0 };
    let { offset, line } = saved;
    const splitter = new LineSplitter(offset, MAX_LINE_BYTES);
    const batch = (lines: readonly Line[]): SourceBatch => {
      const first = line + 1;
      line += lines.length;
      const events = lines.flatMap((content, i) => (isBlank(content) ? [] : [eventOf(content, first + i, options)]));
      return { events, cursor: { offset: lines.at(-1)?.end ?? offset, line } };
    };
    const buffer = Buffer.alloc(CHUNK_BYTES);
    while (!signal.aborted) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, offset);
      if (bytesRead > 0) {
        offset += bytesRead;
        const lines = splitter.push(Buffer.from(buffer.subarray(0, bytesRead)));
        if (lines.length > 0) yield batch(lines);
      } else if (options.follow) {
        await wait(GROWTH_PAUSE_MS, undefined, { signal }).catch(() => undefined);
      } else {
        const last = splitter.final();
        if (last.length > 0) yield batch(last);
        return;
      }
    }
  } finally {
    await file.close();
  }
}

const isBlank = ({ bytes, length }: Line): boolean => length < 100 && bytes.toString('latin1').trim() === '';

function eventOf(line: Line, number: number, options: FileSourceOptions): SourceEvent {
  return { position: String(number), raw: line.bytes, content: postOf(line, number, options) };
}

function postOf({ bytes, length }: Line, number: number, options: FileSourceOptions): RawPost | Refusal {
  if (length > bytes.length)
    return { kind: 'refusal', reason: 'line-too-long', detail: `line of ${length} bytes, kept ${bytes.length}` };
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { kind: 'refusal', reason: 'not-json', detail: `line of ${length} bytes is not JSON` };
  }
  if (!FileLine.Check(value)) {
    const [error] = FileLine.Errors(value);
    return {
      kind: 'refusal',
      reason: 'schema-mismatch',
      detail: `${error?.instancePath || '/'} ${error?.message ?? 'is not a post'}`,
    };
  }
  const createdAt = value.createdAt === undefined ? undefined : new Date(value.createdAt);
  if (createdAt && Number.isNaN(createdAt.getTime())) {
    return { kind: 'refusal', reason: 'schema-mismatch', detail: '/createdAt must be a date in ISO 8601' };
  }
  const platform = value.platform ?? options.platform;
  return {
    kind: 'post',
    text: value.text,
    platform,
    nativeId: nativeIdOf(value.id, platform) ?? lineId(options.path, number, bytes),
    ...(value.url === undefined ? {} : { url: value.url }),
    ...(value.author === undefined ? {} : { author: value.author }),
    ...(value.lang === undefined ? {} : { language: value.lang }),
    ...(createdAt ? { createdAt } : {}),
  };
}

/** Takes `<platform>:<native id>` as well as the bare native id. */
function nativeIdOf(id: string | number | undefined, platform: string): string | undefined {
  const text = id === undefined ? '' : String(id);
  const prefix = `${platform}:`;
  return (text.startsWith(prefix) ? text.slice(prefix.length) : text) || undefined;
}

/** Stable over restarts, different for equal texts on different lines. */
function lineId(file: string, number: number, bytes: Buffer): string {
  const content = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return `${path.basename(file).replace(/[^\w.-]/g, '_')}-${number}-${content}`;
}
