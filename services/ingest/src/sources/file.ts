import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { entryOf, Platform } from '../registry/fields.js';
import { LineSplitter, type Line } from './lines.js';
import { contentId, plainPost } from './plain-post.js';
import type { Source, SourceBatch, SourceEvent } from './source.js';

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

function postOf({ bytes, length }: Line, number: number, options: FileSourceOptions): SourceEvent['content'] {
  if (length > bytes.length)
    return { kind: 'refusal', reason: 'line-too-long', detail: `line of ${length} bytes, kept ${bytes.length}` };
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { kind: 'refusal', reason: 'not-json', detail: `line of ${length} bytes is not JSON` };
  }
  return plainPost(value, { platform: options.platform, nativeId: () => lineId(options.path, number, bytes) });
}

/** Stable over restarts, different for equal texts on different lines. */
function lineId(file: string, number: number, bytes: Buffer): string {
  const content = contentId(bytes).slice(0, 16);
  return `${path.basename(file).replace(/[^\w.-]/g, '_')}-${number}-${content}`;
}
