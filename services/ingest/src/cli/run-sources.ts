import {
  createLogger,
  outboundClient,
  parseCommandLine,
  readSecrets,
  renderColumns,
  SettingsError,
  UsageError,
  type Secrets,
} from '@siaga/runtime';
import { listSources, pauseSource, rewindSource, withDatabase } from '@siaga/storage';
import { addToRegistry, entryFromWords } from '../registry/add-to-registry.js';
import { hostRates } from '../registry/host-rates.js';
import { readRegistry } from '../registry/read-registry.js';
import { ENTRIES, isPush, isRead, openSource, type ReadEntry, type SourceEntry } from '../sources/kinds.js';
import type { SourceContext } from '../sources/source.js';
import { USER_AGENT } from '../sources/user-agent.js';
import { sourceWeb } from '../web/source-web.js';
import { checkSources } from './check-sources.js';
import { sourceRows } from './list-sources.js';
import { pushLines } from './push-lines.js';

const OPTIONS = { file: { type: 'string' }, to: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

export const HELP = `npm run sources -- COMMAND [--file FILE]

  list                      the sources, with what the fleet says of them
  check [NAME ...]          opens each source and says what it answers; exits 1 when one does not
  add KIND name=N f=v ...   adds a source to the registry, and has a running fleet read it
  pause NAME ...            nobody reads the source until
  resume NAME ...           it is resumed
  rewind NAME TIME          reads on from a time such as 2026-11-24T10:00Z, or from "beginning"
  push NAME [--to URL]      sends NDJSON from standard input as a source of kind push; says which lines are no posts,
                            and exits 1 when there are any. URL is that of POST /v1/posts, else the fleet's here

KIND is one of ${Object.keys(ENTRIES).join(', ')}.
FILE is the registry: that of the fleet on this machine if one has run, else ./sources.yaml.`;

const APPLICATION = 'siaga-sources';
const CHECK_TIMEOUT_MS = 20_000;
/** The other side answers when Kafka has the posts. */
const PUSH_TIMEOUT_MS = 30_000;
const DEFAULT_FILE = 'sources.yaml';

/** Where things are, from the environment. */
export interface Surroundings {
  readonly sourcesFile?: string | undefined;
  readonly secretsFile?: string | undefined;
  readonly databaseUrl?: string | undefined;
  /** Of `POST /v1/posts`. */
  readonly pushUrl?: string | undefined;
  readonly input?: AsyncIterable<Uint8Array>;
  readonly allowPrivateAddresses: boolean;
  readonly print: (text: string) => void;
}

/**
 * @returns the exit code
 * @throws UsageError, SettingsError
 */
export async function runSources(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { file: given, to, help, words } = parseCommandLine(args, OPTIONS);
  const { print } = surroundings;
  const [command, ...rest] = words;
  if (help || command === undefined) return (print(HELP), command === undefined && !help ? 2 : 0);
  const file = given ?? surroundings.sourcesFile ?? DEFAULT_FILE;
  const entries = () => readRegistry(file);
  switch (command) {
    case 'list': {
      const states = await withDatabase(surroundings.databaseUrl, APPLICATION, listSources);
      return (print(renderColumns(sourceRows(entries(), states))), 0);
    }
    case 'check': {
      const chosen = rest.length === 0 ? entries().filter(isRead) : rest.map((name) => readEntryNamed(entries(), name));
      if (chosen.length === 0) print(`${file} lists no sources that are read`);
      const context = sourceContext(surroundings, chosen);
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
      await withDatabase(surroundings.databaseUrl, APPLICATION, async (db) => {
        for (const name of rest) await pauseSource(db, name, command === 'pause');
      });
      return (print(`${command}d: ${rest.join(', ')}`), 0);
    }
    case 'rewind': {
      const [name = '', time = ''] = rest;
      const cursor = cursorAt(readEntryNamed(entries(), name), time, surroundings);
      await withDatabase(surroundings.databaseUrl, APPLICATION, (db) => rewindSource(db, name, cursor));
      return (print(`${name} goes on from ${time}`), 0);
    }
    case 'push':
      return push(entryNamed(entries(), rest[0] ?? ''), to ?? surroundings.pushUrl, surroundings);
    default:
      throw new UsageError(`unknown command "${command}"; npm run sources -- --help lists them`);
  }
}

async function push(entry: SourceEntry, url: string | undefined, surroundings: Surroundings): Promise<number> {
  const { print, input = process.stdin } = surroundings;
  if (!isPush(entry)) throw new UsageError(`${entry.name} is a source of kind ${entry.kind}: nobody pushes to it`);
  if (url === undefined) throw new UsageError('no fleet has run here: start one with npm start, or say --to URL');
  const token = secretsOf(surroundings).get(entry.token);
  // The address is the person's own choice, and the fleet often their own machine's.
  const limits = { userAgent: USER_AGENT, timeoutMs: PUSH_TIMEOUT_MS, maxBodyBytes: 1024 * 1024 };
  const web = outboundClient({ allowPrivateAddresses: true, ...limits });
  try {
    const onRefused = (line: number, detail: string) => print(`line ${line}: ${detail}`);
    const { accepted, refused } = await pushLines(input, { web, url, token, onRefused });
    print(`${accepted} posts are in Kafka; ${refused} lines were no posts`);
    return refused === 0 ? 0 : 1;
  } finally {
    await web.close();
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
  const source = openSource(entry, sourceContext(surroundings, [entry]));
  if (!source.cursorAt) throw new UsageError(`a source of kind ${entry.kind} can only be rewound to its "beginning"`);
  return source.cursorAt(date);
}

function sourceContext(surroundings: Surroundings, entries: readonly SourceEntry[]): SourceContext {
  const { allowPrivateAddresses } = surroundings;
  const rates = hostRates(entries);
  return {
    log: createLogger('sources', 'silent'),
    secrets: secretsOf(surroundings),
    allowPrivateAddresses,
    ...sourceWeb(allowPrivateAddresses, (host) => rates.get(host)),
  };
}

function secretsOf({ secretsFile }: Surroundings): Secrets {
  if (secretsFile) return readSecrets(secretsFile);
  return {
    get(name) {
      throw new SettingsError([`secret "${name}" is needed: set SIAGA_SECRETS_FILE`]);
    },
  };
}
