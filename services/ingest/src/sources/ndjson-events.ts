import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Type, { type Static } from 'typebox';
import { isWanted } from './languages.js';
import { LineSplitter, type Line } from './lines.js';
import { contentId, plainPost } from './plain-post.js';
import type { SourceEvent } from './source.js';

const CHUNK_BYTES = 256 * 1024;
/** A longer line is refused; this much of it is kept for the person who asks why. */
const MAX_LINE_BYTES = 1024 * 1024 + 512 * 1024;
const GROWTH_PAUSE_MS = 200;

/** Where in a file the next line begins, and how many lie before it. */
export const LinePlace = Type.Object({ offset: Type.Integer({ minimum: 0 }), line: Type.Integer({ minimum: 0 }) });
export type LinePlace = Static<typeof LinePlace>;

export const FILE_START: LinePlace = { offset: 0, line: 0 };

export interface NdjsonFile {
  readonly file: FileHandle;
  /** Of which the base name becomes part of the ids of posts that have none. */
  readonly path: string;
  /** For posts that do not name theirs. */
  readonly platform: string;
  readonly languages: readonly string[] | undefined;
  /** Goes on reading as the file grows, instead of ending at its end. */
  readonly follow: boolean;
}

/** The posts of a file of newline-delimited JSON from a place on, some at a time, with the place that comes after them. */
export async function* ndjsonEvents(
  source: NdjsonFile,
  from: LinePlace,
  signal: AbortSignal,
): AsyncGenerator<{ events: SourceEvent[]; place: LinePlace }> {
  const { file, follow } = source;
  let { offset, line } = from;
  const splitter = new LineSplitter(offset, MAX_LINE_BYTES);
  const read = (lines: readonly Line[]) => {
    const first = line + 1;
    line += lines.length;
    const events = lines.flatMap((content, i) => (isBlank(content) ? [] : [eventOf(content, first + i, source)]));
    const wanted = events.filter(({ content }) => isWanted(content, source.languages));
    return { events: wanted, place: { offset: lines.at(-1)?.end ?? offset, line } };
  };
  const buffer = Buffer.alloc(CHUNK_BYTES);
  while (!signal.aborted) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, offset);
    if (bytesRead > 0) {
      offset += bytesRead;
      const lines = splitter.push(Buffer.from(buffer.subarray(0, bytesRead)));
      if (lines.length > 0) yield read(lines);
    } else if (follow) {
      await wait(GROWTH_PAUSE_MS, undefined, { signal }).catch(() => undefined);
    } else {
      const last = splitter.final();
      if (last.length > 0) yield read(last);
      return;
    }
  }
}

const isBlank = ({ bytes, length }: Line): boolean => length < 100 && bytes.toString('latin1').trim() === '';

function eventOf(line: Line, number: number, source: NdjsonFile): SourceEvent {
  return { position: String(number), raw: line.bytes, content: postOf(line, number, source) };
}

function postOf({ bytes, length }: Line, number: number, source: NdjsonFile): SourceEvent['content'] {
  if (length > bytes.length)
    return { kind: 'refusal', reason: 'line-too-long', detail: `line of ${length} bytes, kept ${bytes.length}` };
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { kind: 'refusal', reason: 'not-json', detail: `line of ${length} bytes is not JSON` };
  }
  return plainPost(value, { platform: source.platform, nativeId: () => lineId(source.path, number, bytes) });
}

/** Stable over restarts, different for equal texts on different lines. */
function lineId(file: string, number: number, bytes: Buffer): string {
  const content = contentId(bytes).slice(0, 16);
  return `${path.basename(file).replace(/[^\w.-]/g, '_')}-${number}-${content}`;
}
