import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { requireDisk } from './disk.js';
import { EngineError } from './engine-error.js';
import { startEngine, type EngineProcess } from './engine-process.js';
import { requirePort } from './free-port.js';
import { postgresBinaries, reachableByOthers, type ServerUser } from './postgres-binaries.js';
import { runCommand } from './run-command.js';

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;
const MAX_CONNECTIONS = 200;
const STATUS_LINE = 7;

export interface PostgresOptions {
  readonly port: number;
  /** Initialised when it is new; the database is in `db` below it, beside `postgres.log`. */
  readonly dataDir: string;
  /** False only in tests: a crash of the machine may then cost the data, and writes are much faster. */
  readonly fsync?: boolean;
  /** In a process group of its own, so that Ctrl-C in the terminal does not reach it before its clients have stopped. */
  readonly detached?: boolean;
  readonly signal?: AbortSignal;
}

export interface Postgres extends EngineProcess {
  readonly url: string;
  /** Where the data really lies. */
  readonly dataDir: string;
}

/**
 * PostgreSQL on 127.0.0.1, ready when it resolves. It trusts whoever can connect, which suits one machine only.
 *
 * @throws EngineError in one line with the remedy: package missing, port taken, disk full
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const user = await serverUser();
  const native = await postgresBinaries(user);
  const dataDir = postgresDataFolder(options.dataDir);
  await requireDisk(path.dirname(dataDir));
  await requirePort(options.port, 'PostgreSQL');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await chmod(dataDir, 0o700);
  if (user) await chown(dataDir, user.uid, user.gid);
  const database = path.join(dataDir, 'db');
  const asServer = { ...user, cwd: dataDir, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } };
  if (!existsSync(path.join(database, 'PG_VERSION'))) await initialise(native, database, asServer);
  const postgres = await startEngine({
    name: 'PostgreSQL',
    command: path.join(native, 'bin', 'postgres'),
    args: [
      ...['-D', database, '-p', String(options.port)],
      ...settings({
        listen_addresses: '127.0.0.1',
        // A socket's path may not exceed 107 bytes, which a checkout deep down does; nothing needs the socket.
        unix_socket_directories: '',
        max_connections: String(MAX_CONNECTIONS),
        ...(options.fsync === false ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
      }),
    ],
    options: { ...asServer, detached: options.detached ?? false },
    logFile: path.join(dataDir, 'postgres.log'),
    stopSignal: 'SIGINT',
    isReady: (pid) => isReady(database, pid),
    readyTimeoutMs: READY_TIMEOUT_MS,
    stopTimeoutMs: STOP_TIMEOUT_MS,
    signal: options.signal,
  });
  return { ...postgres, url: `postgres://siaga@127.0.0.1:${options.port}/postgres`, dataDir };
}

/**
 * Makes sure that PostgreSQL can run here: its binaries are found, linked and reachable. Nothing is downloaded, for
 * they come with `npm install`.
 *
 * @returns the folder of the binaries
 */
export async function installPostgres(): Promise<string> {
  return postgresBinaries(await serverUser());
}

/**
 * Where the data for this wish really lies: as root the server runs as another user, who may not be able to walk there.
 */
export function postgresDataFolder(wanted: string): string {
  const dataDir = path.resolve(wanted);
  if (process.getuid?.() !== 0 || reachableByOthers(path.dirname(dataDir))) return dataDir;
  return `/var/tmp/siaga-postgres-data${dataDir.replaceAll(path.sep, '-')}`;
}

/** PostgreSQL refuses to run as root: it then runs as nobody. */
async function serverUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (which: '-u' | '-g') => {
    const { status, output } = await runCommand('id', [which, 'nobody']);
    if (status !== 0)
      throw new EngineError('PostgreSQL may not run as root and there is no user "nobody": start as an ordinary user');
    return Number(output);
  };
  return { uid: await id('-u'), gid: await id('-g') };
}

async function initialise(native: string, database: string, asServer: object): Promise<void> {
  const { status, output } = await runCommand(
    path.join(native, 'bin', 'initdb'),
    [
      ...['-D', database, '-U', 'siaga', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions'],
      // The built-in locale is the same on every system, whichever locales that has.
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    ],
    asServer,
  );
  if (status !== 0) throw new EngineError(`PostgreSQL could not prepare ${database}: ${output.trim()}`);
}

/**
 * As `pg_ctl` does it: the server writes its pid into the first and its status into the eighth line of postmaster.pid.
 * A killed one leaves the file behind, with "ready" in it.
 */
async function isReady(database: string, pid: number): Promise<boolean> {
  const lines = (await readFile(path.join(database, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return lines[0] === String(pid) && lines[STATUS_LINE]?.trim() === 'ready';
}

const settings = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
