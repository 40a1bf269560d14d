import { ask, figures, figuresOf, type Figures } from './ask.js';
import { residentMb, startOwnFeed } from './own-feed.js';
import { questions } from './questions.js';
import { randomFrom } from '../random.js';

const SEED = 8;
const WARM_UP = 50;
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
  const feed = await startOwnFeed(databaseUrl, env);
  try {
    const { base } = feed;
    const asked = questions(randomFrom(SEED), each, new Date());
    await ask(base, asked.slice(0, WARM_UP));
    const answers = await ask(base, asked);
    return { all: figures('all', answers), kinds: figuresOf(answers), csv: await download(base, feed.pid) };
  } finally {
    feed.stop();
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

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
