import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';
import { freePort } from '@siaga/engines';
import { asRole } from '@siaga/storage';
import { until } from './until.js';

export interface TestService {
  readonly pid: number;
  readonly opsUrl: string;
  /** Log lines so far. */
  readonly logs: readonly string[];
  /** Asks it to stop and waits; a service that drains in good order ends with 0. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits until the process is gone. */
  kill(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Starts built services as processes of their own, as they run in production, and ends them with the test file.
 * Call it at the top level of the file.
 */
export function useServices(): {
  start: (name: string, env: Record<string, string>, patience?: { readonly timeoutMs: number }) => Promise<TestService>;
} {
  const children = new Set<ChildProcess>();
  afterAll(async () => {
    const left = [...children];
    left.forEach((child) => child.kill('SIGKILL'));
    await Promise.all(left.map((child) => ended(child)));
  });
  return {
    async start(name, env, patience) {
      const port = await freePort();
      const child = spawn(process.execPath, [`services/${name}/dist/main.js`], {
        cwd: ROOT,
        env: { PATH: process.env.PATH, SIAGA_OPS_PORT: String(port), ...env, ...ownRole(name, env) },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      children.add(child);
      const service = handleOf(child, `http://127.0.0.1:${port}`);
      await until(`${name} is ready`, () => isReady(name, child, service), patience);
      return service;
    },
  };
}

/** As in production, a service may do with the database what its role may, and nothing else. */
function ownRole(name: string, { SIAGA_DATABASE_URL: address }: Record<string, string>) {
  return address === undefined ? {} : { SIAGA_DATABASE_URL: asRole(address, `siaga_${name}`) };
}

function handleOf(child: ChildProcess, opsUrl: string): TestService {
  const logs: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => logs.push(...chunk.split('\n').filter(Boolean)));
  }
  return {
    pid: child.pid as number,
    opsUrl,
    logs,
    async stop() {
      child.kill('SIGTERM');
      await ended(child);
      return child.exitCode;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended(child);
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function isReady(name: string, child: ChildProcess, { opsUrl, logs }: TestService): Promise<boolean> {
  if (child.exitCode !== null) {
    throw new Error(`${name} ended with ${child.exitCode}:\n${logs.slice(-10).join('\n')}`);
  }
  return fetch(`${opsUrl}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}
