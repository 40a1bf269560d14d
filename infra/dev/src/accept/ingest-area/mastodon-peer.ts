import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { engineEnvironment, freePort } from '@siaga/engines';
import { Fault } from '../../fault.js';
import { runProgram } from '../run-program.js';
import type { Workspace } from '../workspace.js';

/** A Mastodon API by other hands, MIT. */
const MASTODON_MOCK = 'mastodon_mock==0.6.1';
const START_TIMEOUT_MS = 90_000;
const AUTHORISED = { authorization: 'Bearer mock_token', 'content-type': 'application/json' };

export interface MastodonPeer {
  readonly url: string;
  /** @returns the id of the new status */
  post(text: string): Promise<string>;
  delete(id: string): Promise<void>;
  /** Its answers to requests for the timeline go wrong, so many times. */
  fault(effect: object, count: number): Promise<void>;
  /** SIGKILL, and the same server again: every connection breaks, what was written stays. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts PyPI's mastodon_mock, installed in a virtual environment of its own.
 *
 * @throws Fault when it cannot be installed or does not start
 */
export async function startMastodonPeer(
  workspace: Workspace,
  name: string,
  { streams }: { streams: boolean },
): Promise<MastodonPeer> {
  const program = await install(workspace);
  const folder = path.join(workspace.logFolder, name);
  mkdirSync(folder, { recursive: true });
  const config = path.join(folder, 'config.toml');
  const database = path.join(folder, 'statuses.db');
  writeFileSync(config, `[database]\npath = "${database}"\n[streaming]\nenabled = ${streams}\n`);
  const log = openSync(path.join(folder, 'log'), 'a');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess;
  const start = async () => {
    const args = ['serve', '--config', config, '--port', String(port), '--log-level', 'warning'];
    child = spawn(program, args, { cwd: folder, env: workspace.env, stdio: ['ignore', log, log] });
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await isUp(url))) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Fault(`${name} does not start: see ${folder}/log`);
      await wait(100);
    }
  };
  const kill = async () => {
    const exited = once(child, 'exit');
    if (child.kill('SIGKILL')) await exited;
  };
  const call = async (method: string, route: string, body?: object) => {
    const answer = await fetch(`${url}/api/v1/${route}`, {
      ...{ method, headers: AUTHORISED, signal: AbortSignal.timeout(START_TIMEOUT_MS) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Fault(`${name} answered ${answer.status} to ${method} ${route}`);
    return (await answer.json()) as { id: string };
  };
  await start();
  return {
    url,
    post: async (text) => (await call('POST', 'statuses', { status: text, language: 'id' })).id,
    delete: async (id) => void (await call('DELETE', `statuses/${id}`)),
    fault: async (effect, count) =>
      void (await call('POST', '_mock/faults', { match: { path: '/api/v1/timelines/*' }, effect, count })),
    async restart() {
      await kill();
      await start();
    },
    stop: kill,
  };
}

/** @returns the program */
async function install({ env, logFolder, say }: Workspace): Promise<string> {
  const folder = path.join(engineEnvironment(env).cacheFolder, 'mastodon-mock');
  const bin = path.join(folder, 'venv', 'bin');
  const program = path.join(bin, 'mastodon_mock');
  if (existsSync(program)) return program;
  say(`installing ${MASTODON_MOCK} into ${folder}`);
  mkdirSync(folder, { recursive: true });
  const logFile = path.join(logFolder, 'mastodon-install.log');
  for (const [command, args] of [
    ['python3', ['-m', 'venv', 'venv']],
    [path.join(bin, 'pip'), ['-q', 'install', MASTODON_MOCK]],
  ] as const) {
    const { code } = await runProgram(command, args, { cwd: folder, env, logFile, timeoutMs: 300_000 });
    if (code !== 0) throw new Fault(`${MASTODON_MOCK} cannot be installed, it needs Python 3.11: see ${logFile}`);
  }
  return program;
}

const isUp = (url: string): Promise<boolean> =>
  fetch(`${url}/api/v1/instance`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
