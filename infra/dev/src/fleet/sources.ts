import { accessSync, constants, createReadStream, createWriteStream, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import type { PostsFrom } from '../options.js';
import { Fault } from '../fault.js';
import type { StateFolder } from './state-folder.js';

/** An entry of ingest's source registry. */
export type SourceEntry =
  | {
      readonly name: string;
      readonly kind: 'file';
      readonly path: string;
      readonly platform: string;
      readonly follow: boolean;
    }
  | { readonly name: string; readonly kind: 'feed'; readonly url: string; readonly pollSeconds: number };

export interface PlannedSource {
  readonly entry: SourceEntry | undefined;
  /** A registry of the person's own, instead of one that holds `entry`. */
  readonly registry?: string;
  /** Reads from the beginning at every start; post ids are stable, so what is known already changes nothing. */
  readonly fromBeginning: boolean;
  /** The file that holds every post there will be, once `complete` resolves. */
  readonly file?: string;
  readonly complete: Promise<void>;
}

/** Whose notices the demo platform takes; posts that name no platform count as its own. */
export const DEMO_PLATFORM = 'demo';
const FEED_POLL_SECONDS = 60;

/**
 * @param demoFile posts of the demo
 * @param from what relative paths are relative to
 * @throws Fault when the file of posts cannot be read
 */
export function planSource(
  posts: PostsFrom,
  options: { state: StateFolder; demoFile: string; from: string },
): PlannedSource {
  const complete = Promise.resolve();
  switch (posts.kind) {
    case 'nothing':
      return { entry: undefined, fromBeginning: false, complete };
    case 'registry': {
      const registry = path.resolve(options.from, posts.file);
      requireReadable(registry, '--sources', 'name a registry; npm run sources -- add begins one');
      return { entry: undefined, registry, fromBeginning: false, complete };
    }
    case 'feed':
      return {
        entry: { name: 'feed', kind: 'feed', url: posts.url, pollSeconds: FEED_POLL_SECONDS },
        fromBeginning: false,
        complete,
      };
    case 'demo':
      return {
        entry: fileEntry('demo', options.demoFile, false),
        fromBeginning: false,
        file: options.demoFile,
        complete,
      };
    case 'file': {
      const file = path.resolve(options.from, posts.file);
      requireReadable(file, '--posts', 'name a file of NDJSON, or - for standard input');
      return { entry: fileEntry('posts', file, false), fromBeginning: true, file, complete };
    }
    case 'stdin': {
      const file = options.state.spool(`stdin-${Date.now()}.ndjson`);
      writeFileSync(file, '');
      return { entry: fileEntry('stdin', file, true), fromBeginning: true, file, complete: spool(process.stdin, file) };
    }
  }
}

function fileEntry(name: string, file: string, follow: boolean): SourceEntry {
  return { name, kind: 'file', path: file, platform: DEMO_PLATFORM, follow };
}

function requireReadable(file: string, option: string, remedy: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    throw new Fault(`${option} ${file} cannot be read (${(error as NodeJS.ErrnoException).code}): ${remedy}`, 2);
  }
  if (!statSync(file).isFile()) throw new Fault(`${option} ${file} is not a file: ${remedy}`, 2);
}

/** Ingest reads a growing file, not a pipe: it can then go on where it stood after a crash. */
async function spool(input: NodeJS.ReadableStream, file: string): Promise<void> {
  const output = createWriteStream(file, { flags: 'a' });
  for await (const chunk of input) {
    if (!output.write(chunk)) await once(output, 'drain');
  }
  output.end('\n'); // completes a last line without a line feed; a blank line is no post
  await once(output, 'close');
}

export interface ExpectedPosts {
  /** Lines that are not blank. */
  readonly lines: number;
  /** Of these, how many name an id that an earlier line has: they are one post. */
  readonly repeated: number;
}

const BLANK_LENGTH_MAX = 100;

/** Counts what ingest has to bring in, by its own rule for what a blank line is. */
export async function countPosts(file: string): Promise<ExpectedPosts> {
  const ids = new Set<string>();
  let lines = 0;
  let repeated = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (line.trim() === '' && line.length < BLANK_LENGTH_MAX) continue;
    lines++;
    const id = idOf(line);
    if (id === undefined) continue;
    if (ids.has(id)) repeated++;
    ids.add(id);
  }
  return { lines, repeated };
}

function idOf(line: string): string | undefined {
  try {
    const { id, platform = DEMO_PLATFORM, text } = JSON.parse(line) as Record<string, unknown>;
    if (typeof text !== 'string' || (typeof id !== 'string' && !Number.isInteger(id)) || id === '') return undefined;
    const prefix = `${String(platform)}:`;
    return String(id).startsWith(prefix) ? String(id) : prefix + String(id);
  } catch {
    return undefined;
  }
}
