import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '@siaga/runtime';
import type { Terminal } from '../terminal.js';

type Tool = 'pg_dump' | 'pg_restore';

/** Where Debian puts the tools of each major version, beside PATH. */
const DEBIAN = '/usr/lib/postgresql';

/**
 * Runs pg_dump or pg_restore of at least the server's version, with the database's address in the environment, where others on this machine do not
 * see its password.
 *
 * @param serverMajor such as 18
 * @throws UsageError when there is none, or with what it said when it failed
 */
export async function runPostgresTool(
  tool: Tool,
  args: readonly string[],
  { url, serverMajor, env }: { readonly url: string; readonly serverMajor: number; readonly env: Terminal['env'] },
): Promise<void> {
  const command = await toolFor(tool, serverMajor, env);
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const { status, output } = await run(command, args, {
    ...env,
    PGHOST: hostname,
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    ...(searchParams.has('sslmode') ? { PGSSLMODE: searchParams.get('sslmode') as string } : {}),
    ...(searchParams.has('sslrootcert') ? { PGSSLROOTCERT: searchParams.get('sslrootcert') as string } : {}),
  });
  if (status !== 0) throw new UsageError(`${tool} ended with ${status}: ${output.trim()}`);
}

async function toolFor(tool: Tool, serverMajor: number, env: Terminal['env']): Promise<string> {
  const folders = env.SIAGA_PG_BIN
    ? [env.SIAGA_PG_BIN]
    : [...(env.PATH ?? '').split(path.delimiter), ...debianFolders()];
  const found: string[] = [];
  for (const folder of folders.filter(Boolean)) {
    const command = path.join(folder, tool);
    const { status, output } = await run(command, ['--version'], env);
    if (status !== 0) continue;
    if (Number(/\(PostgreSQL\) (\d+)/.exec(output)?.[1] ?? 0) >= serverMajor) return command;
    found.push(`${command} is ${output.trim()}`);
  }
  throw new UsageError(
    `the server is PostgreSQL ${serverMajor}, and no ${tool} as new is here${found.length > 0 ? ` (${found.join(', ')})` : ''}: ` +
      `install postgresql-client-${serverMajor}, or set SIAGA_PG_BIN to the folder that has it`,
  );
}

function debianFolders(): string[] {
  try {
    return readdirSync(DEBIAN).map((version) => path.join(DEBIAN, version, 'bin'));
  } catch {
    return [];
  }
}

function run(
  command: string,
  args: readonly string[],
  env: Terminal['env'],
): Promise<{ readonly status: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: env as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    }
    child.once('error', (error) => resolve({ status: -1, output: error.message }));
    child.once('close', (code) => resolve({ status: code ?? -1, output }));
  });
}
