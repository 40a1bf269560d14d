import type { FunctionResult } from './functional-checks.js';

/** Share right per function of the last released model: models/checks/released.json. */
export type ReleasedResults = Readonly<Record<string, number>>;

/** The most a function may fall before CI fails. */
export const MOST_DROP = 0.05;

export interface Regression {
  readonly function: string;
  readonly was: number;
  readonly is: number;
}

/** Functions that fell by more than MOST_DROP, or that were released and are gone (is = 0). */
export function findRegressions(released: ReleasedResults, now: readonly FunctionResult[]): Regression[] {
  const current = new Map(now.map((result) => [result.function, result.right]));
  return Object.entries(released)
    .map(([name, was]) => ({ function: name, was, is: current.get(name) ?? 0 }))
    .filter(({ was, is }) => was - is > MOST_DROP + 1e-9);
}
