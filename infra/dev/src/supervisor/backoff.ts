const FIRST_MS = 250;
const MAX_MS = 10_000;
/** A process that ran this long had started well; what ended it is a new story. */
const HEALTHY_MS = 30_000;

export interface Backoff {
  /** @returns how long to wait before the next start, given how long the last one ran */
  next(ranMs: number): number;
}

/** Doubles the pause with each crash in a row. */
export function createBackoff(): Backoff {
  let crashes = 0;
  return {
    next(ranMs) {
      if (ranMs >= HEALTHY_MS) crashes = 0;
      return Math.min(MAX_MS, FIRST_MS * 2 ** crashes++);
    },
  };
}
