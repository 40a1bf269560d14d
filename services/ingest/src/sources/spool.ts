import { constants } from 'node:fs';
import { access, lstat, mkdir, open, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { entryOf, Platform } from '../registry/fields.js';
import { Languages } from './languages.js';
import { FILE_START, LinePlace, ndjsonEvents } from './ndjson-events.js';
import type { Source, SourceBatch } from './source.js';

export const SpoolEntry = entryOf('spool', {
  /** The folder. Where several workers share the sources, all must see it under this path. */
  path: Type.String({ minLength: 1 }),
  /** For posts that do not name theirs. */
  platform: Type.Optional(Platform),
  languages: Type.Optional(Languages),
  /** A file whose size and time stay the same for so long is taken for whole. */
  settledSeconds: Type.Optional(Type.Number({ minimum: 0.1, maximum: 3600 })),
});
type SpoolEntry = Static<typeof SpoolEntry>;

/** Others are none of ours: a writer may use any other name until its file is whole. */
const IS_POSTS = /^[^.].*\.(ndjson|jsonl)$/;
/** Where files go that have been read. */
const DONE = 'done';
const DEFAULT_SETTLED_SECONDS = 2;
/** How many files are looked at together. */
const LOOKED_AT = 1_000;

/** A file as it is; one that is written again under the same name is another. */
const Version = Type.Object({ name: Type.String(), size: Type.Integer(), mtimeMs: Type.Number() });
type Version = Static<typeof Version>;

/** What is being read, and where in it; nothing between two files. */
const Cursor = Compile(Type.Intersect([Version, LinePlace]));

/**
 * Posts from the files of a folder: each `*.ndjson` or `*.jsonl` is read once and whole, in the order of their names, and
 * then moved to `done/` there. A file that still changes is left until it does not.
 */
export function spoolSource(entry: SpoolEntry): Source {
  return { open: (cursor, signal) => follow(entry, cursor, signal) };
}

async function* follow(entry: SpoolEntry, saved: unknown, signal: AbortSignal): AsyncGenerator<SourceBatch> {
  const { settledSeconds = DEFAULT_SETTLED_SECONDS } = entry;
  // Found out before anything is read: what cannot be moved away would have to be read for ever.
  await access(entry.path, constants.R_OK | constants.W_OK | constants.X_OK);
  yield { events: [], cursor: Cursor.Check(saved) ? saved : {} };
  let begun = Cursor.Check(saved) ? saved : undefined;
  let before = new Map<string, Version>();
  while (!signal.aborted) {
    const now = await versionsIn(entry.path);
    for (const version of now.values()) {
      const goesOn = begun !== undefined && isSame(version, begun);
      if (!goesOn && !isSame(version, before.get(version.name))) continue;
      yield* readWhole(entry, version, goesOn && begun ? begun : FILE_START, signal);
      if (signal.aborted) return;
      begun = undefined;
      now.delete(version.name);
    }
    before = now;
    await wait(settledSeconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}

/** The first files by name, in that order. Links and pipes are not followed: who may write here may not read elsewhere. */
async function versionsIn(folder: string): Promise<Map<string, Version>> {
  const names = (await readdir(folder)).filter((name) => IS_POSTS.test(name)).sort();
  const versions = new Map<string, Version>();
  for (const name of names) {
    if (versions.size === LOOKED_AT) break;
    const found = await lstat(path.join(folder, name)).catch(() => undefined);
    if (found?.isFile()) versions.set(name, { name, size: found.size, mtimeMs: found.mtimeMs });
  }
  return versions;
}

const isSame = (one: Version, other: Version | undefined): boolean =>
  one.name === other?.name && one.size === other.size && one.mtimeMs === other.mtimeMs;

async function* readWhole(
  { path: folder, platform = 'spool', languages }: SpoolEntry,
  version: Version,
  from: LinePlace,
  signal: AbortSignal,
): AsyncGenerator<SourceBatch> {
  const at = path.join(folder, version.name);
  const file = await open(at, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const source = { file, path: at, platform, follow: false, languages };
    for await (const { events, place } of ndjsonEvents(source, from, signal)) {
      yield { events, cursor: { ...version, ...place } };
    }
  } finally {
    await file.close();
  }
  if (signal.aborted) return;
  // Nobody comes back for more before what was given is in Kafka, nor when the lease is lost: all of it has been read. What
  // was written on in the meantime is read again, under the same ids.
  const now = await lstat(at);
  if (isSame(version, { ...version, size: now.size, mtimeMs: now.mtimeMs })) await moveToDone(folder, version.name);
  // Another file of this name, size and time would otherwise count as read.
  yield { events: [], cursor: {} };
}

/** What lies in `done/` already stays as it is. */
async function moveToDone(folder: string, name: string): Promise<void> {
  const done = path.join(folder, DONE);
  await mkdir(done, { recursive: true });
  const { name: stem, ext } = path.parse(name);
  for (let n = 1; ; n++) {
    const target = path.join(done, n === 1 ? name : `${stem}.${n}${ext}`);
    if (await lstat(target).catch(() => undefined)) continue;
    return rename(path.join(folder, name), target);
  }
}
