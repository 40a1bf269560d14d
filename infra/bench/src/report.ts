import os from 'node:os';
import { chart, type Bar } from './chart.js';
import type { EndToEnd } from './end-to-end.js';
import type { Latency } from './latency.js';
import type { Stages } from './stages.js';

export type Worker = 'siaga' | 'python' | 'ceiling';

export interface Row extends EndToEnd {
  readonly worker: Worker;
  readonly workers: number;
  readonly messageBytes: number;
}

export interface Measured {
  readonly stages: Stages;
  readonly backend: string;
  readonly rows: readonly Row[];
  readonly idle: Latency;
  readonly half: Latency;
  readonly posts: number;
}

/** What `--json` prints. The end-to-end figures are those of one worker on messages of 300 bytes. */
export function reportOf({ stages, backend, rows, idle, half, posts }: Measured) {
  const one = (worker: Worker): Row => {
    const row = rows.find((found) => found.worker === worker && found.workers === 1 && found.messageBytes === 300);
    if (!row) throw new Error(`${worker} was not measured`);
    return row;
  };
  const [siaga, python, ceiling] = [one('siaga'), one('python'), one('ceiling')];
  return {
    stages,
    endToEnd: {
      postsPerSecond: siaga.postsPerSecond,
      cpuSecondsPerMillion: siaga.cpuSecondsPerMillion,
      peakRssMb: siaga.peakRssMb,
      ...half,
      idleP50Ms: idle.p50Ms,
      idleP99Ms: idle.p99Ms,
      pythonPostsPerSecond: python.postsPerSecond,
      ratioToPython: hundredths(siaga.postsPerSecond / python.postsPerSecond),
      ceilingPostsPerSecond: ceiling.postsPerSecond,
      ratioToCeiling: hundredths(siaga.postsPerSecond / ceiling.postsPerSecond),
    },
    runs: rows,
    machine: {
      cores: os.cpus().length,
      cpu: os.cpus()[0]?.model ?? 'unknown',
      node: process.version,
      backend,
      load: os.loadavg(),
      posts,
    },
  };
}

export type Report = ReturnType<typeof reportOf>;

const NAMES: Readonly<Record<Worker, string>> = {
  siaga: 'Siaga',
  python: 'Python, three fastText models',
  ceiling: 'Siaga without scoring',
};

/** PNG bytes. */
export function pictureOf({ stages, endToEnd, runs, machine }: Report): Uint8Array {
  const kindOf = { siaga: 'siaga', python: 'other', ceiling: 'ceiling' } as const;
  const bars = (bytes: number): Bar[] =>
    runs
      .filter(({ messageBytes }) => messageBytes === bytes)
      .toSorted((a, b) => a.workers - b.workers)
      .map(({ worker, workers, postsPerSecond, cpuSecondsPerMillion }) => ({
        label: `${NAMES[worker]} × ${workers}`,
        value: postsPerSecond,
        kind: kindOf[worker],
        note: `(${cpuSecondsPerMillion} CPU s per million)`,
      }));
  const sizes = [...new Set(runs.map(({ messageBytes }) => messageBytes))];
  return chart(
    [
      ...sizes.map((bytes) => ({ title: `End to end, posts/s, messages of ${bytes} B`, bars: bars(bytes) })),
      {
        title: 'Stages without Kafka, posts per CPU second, 140 characters',
        bars: Object.entries(stages).map(([label, value]): Bar => ({ label, value, kind: 'siaga' })),
      },
      {
        title: 'Latency, post made to verdict read, ms',
        bars: [
          { label: 'idle fleet, median', value: endToEnd.idleP50Ms, kind: 'siaga' },
          { label: 'idle fleet, 99th percentile', value: endToEnd.idleP99Ms, kind: 'siaga' },
          { label: 'half the maximum rate, median', value: endToEnd.p50Ms, kind: 'siaga' },
          { label: 'half the maximum rate, 99th', value: endToEnd.p99Ms, kind: 'siaga' },
        ],
      },
    ],
    `${machine.cores} cores (${machine.cpu.trim()}), broker on the same machine, Node ${machine.node}, TF.js ${machine.backend}, backlog of ${machine.posts} posts`,
  );
}

const hundredths = (x: number): number => Math.round(x * 100) / 100;
