import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fleet } from '../fleet/fleet.js';
import { stateFolder } from '../fleet/state-folder.js';
import { recordedPid } from '../supervisor/run-folder.js';
import type { Workspace } from './workspace.js';

const START_TIMEOUT_MS = 600_000;
const BACK_TIMEOUT_MS = 60_000;
const POLL_MS = 100;

/** A fleet started by `npm start`, by default one that is fed through its standard input. */
export interface RunningFleet extends Fleet {
  /** Gives it posts, one JSON value each. */
  feed(posts: readonly object[]): void;
  /** SIGKILL to one of its processes; resolves with the seconds until another is there and ready. */
  kill(name: string, isReady: () => Promise<boolean>): Promise<number>;
  /** SIGSTOP to one of its processes: it hangs, and is not dead. @returns lets it go on */
  pause(name: string): () => void;
  stop(): Promise<void>;
}

export async function startRunningFleet(
  { checkout, env, logFolder, say }: Workspace,
  args: readonly string[] = ['--posts', '-'],
): Promise<RunningFleet> {
  const state = stateFolder(path.join(checkout, '.siaga'));
  const log = openSync(path.join(logFolder, 'npm-start.log'), 'a');
  const npm = spawn('npm', ['start', '--', ...args], { cwd: checkout, env, stdio: ['pipe', log, log] });
  let gone = false;
  const exited = once(npm, 'exit').then(() => (gone = true));
  say('starting a fleet');
  const addresses = () => {
    try {
      const fleet = JSON.parse(readFileSync(state.addresses, 'utf8')) as Fleet;
      return recordedPid(state.run, 'ingest') === undefined ? undefined : fleet;
    } catch {
      return undefined;
    }
  };
  await until(`the fleet is up (see ${logFolder}/npm-start.log)`, START_TIMEOUT_MS, async () => {
    if (gone) throw new Error(`npm start has ended: see ${logFolder}/npm-start.log`);
    const fleet = addresses();
    return fleet !== undefined && (await answers(`http://127.0.0.1:${fleet.ports.ingestOps}/readyz`));
  });
  const fleet = addresses() as Fleet;
  return {
    ...fleet,
    feed: (posts) => void npm.stdin?.write(posts.map((post) => `${JSON.stringify(post)}\n`).join('')),
    async kill(name, isReady) {
      const before = recordedPid(state.run, name);
      if (before === undefined) throw new Error(`${name} is not running`);
      process.kill(before, 'SIGKILL');
      const killedAt = Date.now();
      await until(`${name} is back`, BACK_TIMEOUT_MS, async () => {
        const now = recordedPid(state.run, name);
        return now !== undefined && now !== before && (await isReady());
      });
      return (Date.now() - killedAt) / 1000;
    },
    pause(name) {
      const pid = recordedPid(state.run, name);
      if (pid === undefined) throw new Error(`${name} is not running`);
      process.kill(pid, 'SIGSTOP');
      return () => void process.kill(pid, 'SIGCONT');
    },
    async stop() {
      const supervisor = recordedPid(state.run, 'supervisor');
      if (supervisor !== undefined) process.kill(supervisor, 'SIGTERM');
      await exited;
    },
  };
}

/** Whether a URL answers with 2xx. */
export function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(3_000) }).then(
    (response) => response.ok,
    () => false,
  );
}

async function until(what: string, timeoutMs: number, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${timeoutMs / 1000} s passed, and not yet: ${what}`);
    await wait(POLL_MS);
  }
}
