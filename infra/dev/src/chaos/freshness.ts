import { percentile } from '../ledger/percentile.js';

export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** @returns seconds with two decimals, undefined of nothing */
export function percentilesOf(ms: readonly number[]): Percentiles | undefined {
  if (ms.length === 0) return undefined;
  const at = (share: number) => Math.round((percentile(ms, share) as number) / 10) / 100;
  return { count: ms.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** A post and how long it took, both in milliseconds: when it was made, after the first one, and until its verdict. */
export interface Fresh {
  readonly madeMs: number;
  readonly tookMs: number;
}

/** A second whose posts are as fresh as this has recovered, when two more follow. */
const FRESH_MS = 2_000;
const SECOND_MS = 1_000;
const IN_A_ROW = 3;

/**
 * How long after each moment posts were fresh again: of those made within a second 95 % had their verdict within two, and so
 * for three seconds in a row.
 *
 * @returns seconds for each moment; 0 where nobody noticed, Infinity where it never was again
 */
export function recoveries(posts: readonly Fresh[], moments: readonly number[]): number[] {
  const seconds: number[][] = [];
  for (const { madeMs, tookMs } of posts) (seconds[Math.floor(madeMs / SECOND_MS)] ??= []).push(tookMs);
  const stale = Array.from({ length: seconds.length }, (_none, second) => {
    const tooks = seconds[second];
    return tooks !== undefined && (percentile(tooks, 0.95) as number) > FRESH_MS;
  });
  return moments.map((momentMs) => {
    const from = Math.floor(momentMs / SECOND_MS);
    // Posts made just before are what a fault meets first.
    const firstStale = stale.indexOf(true, Math.max(0, from - 1));
    if (firstStale === -1 || firstStale > from + IN_A_ROW) return 0;
    for (let second = Math.max(from, firstStale); second < stale.length; second++) {
      if (!stale.slice(second, second + IN_A_ROW).includes(true)) return Math.max(0, second - momentMs / SECOND_MS);
    }
    return Infinity;
  });
}
