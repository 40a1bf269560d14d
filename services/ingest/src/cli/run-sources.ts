import { createLogger, parseCommandLine, readSecrets, SettingsError, UsageError, type Secrets } from '@siaga/runtime';
import { listSources, openDatabase, pauseSource, rewindSource, type Database } from '@siaga/storage';
import { addToRegistry, entryFromWords } from '../registry/add-to-registry.js';
import { readRegistry } from '../registry/read-registry.js';
import { ENTRIES, isRead, openSource, type ReadEntry, type SourceEntry } from '../sources/kinds.js';
import type { SourceContext } from '../sources/source.js';
import { sourceWeb } from '../web/source-web.js';
import { checkSources } from './check-sources.js';
import { renderRows, sourceRows } from './list-sources.js';

const OPTIONS = { file: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

export const HELP = `npm run sources -- COMMAND [--file FILE]

  list                      the sources, with what the fleet says of them
  check [NAME ...]          opens each source and says what it answers; exits 1 when one does not
  add KIND name=N f=v ...   adds a source to the registry, and has a running fleet read it
  pause NAME ...            nobody reads the source until
  resume NAME ...           it is resumed
  rewind NAME TIME          reads on from a time such as 2026-11-24T10:00Z, or from "beginning"

KIND is one of ${Object.keys(ENTRIES).join(', ')}.
FILE is the registry: that of the fleet on this machine if one has run, else ./sources.yaml.`;

const CHECK_TIMEOUT_MS = 20_000;
const DEFAULT_FILE = 'sources.yaml';

/** Where things are, from the environment. */
export interface Surroundings {
  readonly sourcesFile?: string | undefined;
  readonly secretsFile?: string | undefined;
  readonly databaseUrl?: string | undefined;
  readonly allowPrivateAddresses: boolean;
  readonly print: (text: string) => void;
}

/**
 * @returns the exit code
 * @throws UsageError, SettingsError
 */
export async function runSources(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { file: given, help, words } = parseCommandLine(args, OPTIONS);
  const { print } = surroundings;
  const [command, ...rest] = words;
  if (help || command === undefined) return (print(HELP), command === undefined && !help ? 2 : 0);
  const file = given ?? surroundings.sourcesFile ?? DEFAULT_FILE;
  const entries = () => readRegistry(file);
  switch (command) {
    case 'list': {
      const states = await withDatabase(surroundings, listSources);
      return (print(renderRows(sourceRows(entries(), states))), 0);
    }
    case 'check': {
      const chosen = rest.length === 0 ? entries().filter(isRead) : rest.map((name) => readEntryNamed(entries(), name));
      if (chosen.length === 0) print(`${file} lists no sources that are read`);
      const context = sourceContext(surroundings);
      const findings = await checkSources(chosen, (entry) => openSource(entry, context), CHECK_TIMEOUT_MS);
      await context.web.close();
      for (const { name, kind, ok, detail } of findings) print(`${ok ? 'ok  ' : 'FAIL'}  ${name} (${kind}): ${detail}`);
      return findings.every(({ ok }) => ok) ? 0 : 1;
    }
    case 'add': {
      const [kind, ...fields] = rest;
      addToRegistry(file, { kind, ...fieldsFrom(fields) });
      return (print(`added to ${file}`), 0);
    }
    case 'pause':
    case 'resume': {
      if (rest.length === 0) throw new UsageError(`${command} needs the name of a source`);
      for (const name of rest) readEntryNamed(entries(), name);
      await withDatabase(surroundings, async (db) => {
        for (const name of rest) await pauseSource(db, name, command === 'pause');
      });
      return (print(`${command}d: ${rest.join(', ')}`), 0);
    }
    case 'rewind': {
      const [name = '', time = ''] = rest;
      const cursor = cursorAt(readEntryNamed(entries(), name), time, surroundings);
      await withDatabase(surroundings, (db) => rewindSource(db, name, cursor));
      return (print(`${name} goes on from ${time}`), 0);
    }
    default:
      throw new UsageError(`unknown command "${command}"; npm run sources -- --help lists them`);
  }
}

function fieldsFrom(fields: readonly string[]): object {
  try {
    return entryFromWords(fields);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function entryNamed(entries: readonly SourceEntry[], name: string): SourceEntry {
  const entry = entries.find((one) => one.name === name);
  if (entry) return entry;
  throw new UsageError(
    `no source is named "${name}": there are ${entries.map((one) => one.name).join(', ') || 'none'}`,
  );
}

function readEntryNamed(entries: readonly SourceEntry[], name: string): ReadEntry {
  const entry = entryNamed(entries, name);
  if (isRead(entry)) return entry;
  throw new UsageError(`${name} is pushed to us, nobody reads it: take it out of the registry to stop it`);
}

function cursorAt(entry: ReadEntry, time: string, surroundings: Surroundings): object | null {
  if (time === 'beginning') return null;
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) {
    throw new UsageError(
      `rewind ${entry.name} TIME: "${time}" is neither a time such as 2026-11-24T10:00Z nor "beginning"`,
    );
  }
  const source = openSource(entry, sourceContext(surroundings));
  if (!source.cursorAt) throw new UsageError(`a source of kind ${entry.kind} can only be rewound to its "beginning"`);
  return source.cursorAt(date);
}

function sourceContext({ secretsFile, allowPrivateAddresses }: Surroundings): SourceContext {
  const secrets: Secrets = secretsFile
    ? readSecrets(secretsFile)
    : {
        get(name) {
          throw new SettingsError([`secret "${name}" is needed: set SIAGA_SECRETS_FILE`]);
        },
      };
  return {
    log: createLogger('sources', 'silent'),
    secrets,
    allowPrivateAddresses,
    ...sourceWeb(allowPrivateAddresses),
  };
}

async function withDatabase<T>({ databaseUrl }: Surroundings, work: (db: Database) => Promise<T>): Promise<T> {
  if (databaseUrl === undefined) {
    throw new UsageError('no fleet has run here: start one with npm start, or set SIAGA_DATABASE_URL');
  }
  const db = openDatabase(databaseUrl, { applicationName: 'siaga-sources', poolSize: 1 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}
