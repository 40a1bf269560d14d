import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '@siaga/engines';
import { ask, figures, figuresOf, type Figures } from './ask.js';
import { questions } from './questions.js';
import { randomFrom } from './random.js';

const FEED = path.resolve(import.meta.dirname, '../../../../services/feed/dist/main.js');
const SEED = 8;
const WARM_UP = 50;
const READY_TIMEOUT_MS = 60_000;
const SAMPLE_MS = 250;

export interface Measured {
  readonly all: Figures;
  readonly kinds: readonly Figures[];
  readonly csv: {
    readonly rows: number;
    readonly seconds: number;
    /** Resident memory of the service, MB: before, and the medians of the middle and the last third of the download. */
    readonly before: number;
    readonly middle: number;
    readonly last: number;
  };
}

/** Asks a feed service of its own about the database: so many questions of each kind, and once for everything as CSV. */
export async function measure(
  databaseUrl: string,
  { each, env }: { each: number; env: NodeJS.ProcessEnv },
): Promise<Measured> {
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
  try {
    await ready(`http://127.0.0.1:${opsPort}/readyz`);
    const base = `http://127.0.0.1:${port}`;
    const asked = questions(randomFrom(SEED), each, new Date());
    await ask(base, asked.slice(0, WARM_UP));
    const answers = await ask(base, asked);
    return { all: figures('all', answers), kinds: figuresOf(answers), csv: await download(base, feed.pid as number) };
  } finally {
    feed.kill('SIGTERM');
  }
}

async function download(base: string, pid: number): Promise<Measured['csv']> {
  const before = residentMb(pid);
  const samples: number[] = [];
  const sampling = setInterval(() => samples.push(residentMb(pid)), SAMPLE_MS);
  const startedAt = performance.now();
  try {
    const { body } = await fetch(`${base}/v1/flags.csv`);
    let lines = 0;
    for await (const chunk of body ?? []) for (const byte of chunk as Uint8Array) if (byte === LINE_FEED) lines++;
    const third = Math.floor(samples.length / 3);
    return {
      // The made-up texts have no line breaks; the first line names the columns.
      rows: lines - 1,
      seconds: Math.round((performance.now() - startedAt) / 1000),
      ...{ before, middle: median(samples.slice(third, 2 * third)), last: median(samples.slice(2 * third)) },
    };
  } finally {
    clearInterval(sampling);
  }
}

const LINE_FEED = 10;

const residentMb = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function ready(url: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    if (Date.now() > deadline) throw new Error(`the feed is not ready after ${READY_TIMEOUT_MS / 1000} s`);
    await wait(SAMPLE_MS);
  }
}
