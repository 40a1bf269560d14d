import type { CheckResult } from '../check.js';
import { lastJson } from '../last-json.js';
import type { Workspace } from '../workspace.js';

const TIMEOUT_MS = 45 * 60_000;
const SOAK_MINUTES = 10;

interface EndToEnd {
  readonly postsPerSecond: number;
  readonly pythonPostsPerSecond: number;
  readonly ratioToPython: number;
  readonly ceilingPostsPerSecond: number;
  readonly ratioToCeiling: number;
  readonly peakRssMb: number;
  readonly idleP99Ms: number;
}

interface SoakSample {
  readonly rssMb: number;
  readonly tensors: number;
}

export async function bench(workspace: Workspace): Promise<CheckResult[]> {
  const { endToEnd, machine } = await run<{ endToEnd: EndToEnd; machine: { posts: number } }>(workspace, []);
  const { postsPerSecond, pythonPostsPerSecond, ratioToPython, ceilingPostsPerSecond, ratioToCeiling } = endToEnd;
  return [
    {
      what: 'one worker against one Python worker',
      figure: `${postsPerSecond} and ${pythonPostsPerSecond} posts/s: ${ratioToPython} times`,
      bar: '>= 2 times',
      pass: ratioToPython >= 2,
    },
    {
      what: 'of the pipeline without scoring',
      figure: `${ratioToCeiling} of ${ceilingPostsPerSecond} posts/s`,
      bar: '>= 0.5',
      pass: ratioToCeiling >= 0.5,
    },
    {
      what: `peak memory with ${machine.posts} posts of lag`,
      figure: `${endToEnd.peakRssMb} MB`,
      bar: '< 700 MB',
      pass: endToEnd.peakRssMb < 700,
    },
    {
      what: 'a single post through an idle fleet, 99th percentile',
      figure: `${endToEnd.idleP99Ms} ms`,
      bar: '< 100 ms',
      pass: endToEnd.idleP99Ms < 100,
    },
  ];
}

/** Flat: the median of the last third is at most a tenth above that of the middle third; the first third warms up. */
export async function soak(workspace: Workspace): Promise<CheckResult[]> {
  const { soak: found } = await run<{ soak: { samples: SoakSample[]; peakRssMb: number } }>(workspace, [
    '--soak',
    String(SOAK_MINUTES),
  ]);
  const { samples, peakRssMb } = found;
  const third = Math.floor(samples.length / 3);
  const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)].map((part) =>
    median(part.map(({ rssMb }) => rssMb)),
  ) as [number, number];
  const tensors = new Set(samples.map((sample) => sample.tensors));
  return [
    {
      what: `resident memory over ${SOAK_MINUTES} minutes at half rate`,
      figure: `${middle} MB, then ${last} MB; peak ${peakRssMb} MB`,
      bar: '<= 10% more, < 700 MB',
      pass: last <= 1.1 * middle && peakRssMb < 700,
    },
    { what: 'tensors', figure: [...tensors].join(', '), bar: 'constant', pass: tensors.size === 1 },
  ];
}

const run = <T>(workspace: Workspace, args: readonly string[]): Promise<T> =>
  lastJson<T>(workspace, ['run', '-s', 'bench', '--', '--json', ...args], TIMEOUT_MS);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
