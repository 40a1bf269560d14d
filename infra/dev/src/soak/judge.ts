import type { Measure, Sampled } from './sample.js';
import { theilSen, type Slope } from './theil-sen.js';

/** All processes at one moment, seconds after the first. */
export interface Moment {
  readonly seconds: number;
  readonly processes: readonly Sampled[];
}

export interface Finding {
  readonly name: string;
  readonly measure: Measure;
  /** Median over the second half. */
  readonly level: number;
  /** Per hour. */
  readonly slope: Slope;
  readonly flat: boolean;
}

/**
 * What may be gained in an hour before it counts as a leak, as a share of the level and in units: pages that the allocator keeps and
 * connections of a pool come and go. Tensors are counted exactly, and none may be left.
 */
const ALLOWED: Readonly<Record<Measure, { readonly share: number; readonly units: number }>> = {
  memory: { share: 0.1, units: 10 },
  heap: { share: 0.15, units: 8 },
  handles: { share: 0.05, units: 2 },
  sockets: { share: 0.05, units: 2 },
  database: { share: 0.05, units: 1 },
  tensors: { share: 0, units: 0 },
};
const HOUR_S = 3_600;

/**
 * Looks at the second half, when everything is warm. Something leaks when it surely grows (zero lies below the whole interval), and
 * surely by more than is allowed.
 */
export function judge(moments: readonly Moment[]): Finding[] {
  const half = moments.slice(Math.floor(moments.length / 2));
  const series = new Map<string, { name: string; measure: Measure; points: { x: number; y: number }[] }>();
  for (const { seconds, processes } of half) {
    for (const { name, values } of processes) {
      for (const [measure, y] of Object.entries(values) as [Measure, number][]) {
        const key = `${name} ${measure}`;
        const one = series.get(key) ?? { name, measure, points: [] };
        series.set(key, one);
        one.points.push({ x: seconds / HOUR_S, y });
      }
    }
  }
  return [...series.values()].flatMap(({ name, measure, points }) => {
    const slope = theilSen(points);
    if (!slope) return [];
    const level = points.map(({ y }) => y).sort((a, b) => a - b)[points.length >> 1] as number;
    const { share, units } = ALLOWED[measure];
    return [{ name, measure, level, slope, flat: slope.low <= Math.max(units, share * level) }];
  });
}

/** Processes that were not the same all the time. */
export function restarted(moments: readonly Moment[]): string[] {
  const pids = new Map<string, Set<number>>();
  for (const { name, pid } of moments.flatMap(({ processes }) => processes))
    pids.set(name, (pids.get(name) ?? new Set()).add(pid));
  return [...pids].filter(([, own]) => own.size > 1).map(([name]) => name);
}
