import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '@siaga/engines';

const FEED = path.resolve(import.meta.dirname, '../../../../services/feed/dist/main.js');
const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 250;

export interface OwnFeed {
  readonly base: string;
  readonly pid: number;
  stop(): void;
}

/** A feed service on a database of one's own, which lets everybody read as much as they like. */
export async function startOwnFeed(databaseUrl: string, env: NodeJS.ProcessEnv): Promise<OwnFeed> {
  const [port, opsPort] = [await freePort(), await freePort()];
  const feed = spawn(process.execPath, [FEED], {
    env: {
      ...env,
      SIAGA_DATABASE_URL: databaseUrl,
      SIAGA_FEED_PORT: String(port),
      SIAGA_OPS_PORT: String(opsPort),
      SIAGA_FEED_ANONYMOUS: 'viewer',
      SIAGA_FEED_REQUESTS_A_MINUTE: '1000000',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = () => void feed.kill('SIGTERM');
  await ready(`http://127.0.0.1:${opsPort}/readyz`).catch((error: unknown) => {
    stop();
    throw error;
  });
  return { base: `http://127.0.0.1:${port}`, pid: feed.pid as number, stop };
}

/** What a process holds in memory. */
export const residentMb = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

async function ready(url: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  const isReady = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (Date.now() > deadline) throw new Error(`the feed is not ready after ${READY_TIMEOUT_MS / 1000} s`);
    await wait(POLL_MS);
  }
}
