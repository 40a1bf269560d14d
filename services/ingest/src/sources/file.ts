import { open } from 'node:fs/promises';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { entryOf, Platform } from '../registry/fields.js';
import { Languages } from './languages.js';
import { FILE_START, LinePlace, ndjsonEvents, type NdjsonFile } from './ndjson-events.js';
import type { Source, SourceBatch } from './source.js';

export const FileEntry = entryOf('file', {
  /** NDJSON: one post a line, of which only `text` is required. */
  path: Type.String({ minLength: 1 }),
  /** For posts that do not name theirs. */
  platform: Type.Optional(Platform),
  languages: Type.Optional(Languages),
  /** Goes on reading as the file grows, instead of ending at its end. */
  follow: Type.Optional(Type.Boolean()),
});

const Cursor = Compile(LinePlace);

/** Posts from a file of newline-delimited JSON. The cursor is a byte offset; a file that shrank is read afresh. */
export function fileSource({ path, platform = 'file', follow = false, languages }: Static<typeof FileEntry>): Source {
  return { open: (cursor, signal) => read({ path, platform, follow, languages }, cursor, signal) };
}

async function* read(
  options: Omit<NdjsonFile, 'file'>,
  cursor: unknown,
  signal: AbortSignal,
): AsyncGenerator<SourceBatch> {
  const file = await open(options.path);
  try {
    const { size } = await file.stat();
    const from = Cursor.Check(cursor) && cursor.offset <= size ? cursor : FILE_START;
    for await (const { events, place } of ndjsonEvents({ file, ...options }, from, signal)) {
      yield { events, cursor: place };
    }
  } finally {
    await file.close();
  }
}
