import { setTimeout as wait } from 'node:timers/promises';
import type { PlannedFault } from './plan-faults.js';
import { STRIKES, type Breakable } from './strike.js';

/** A fault that has struck. */
export interface Struck extends PlannedFault {
  /** Milliseconds since the epoch, of when it began. */
  readonly beganAt: number;
  readonly what: string;
}

/**
 * Strikes as planned; a fault that lasts does not keep the next one waiting. When the signal is aborted nothing more strikes, and
 * what lasts ends.
 *
 * @returns what was done, when the last of it is over
 */
export async function strikeAll(
  faults: readonly PlannedFault[],
  { fleet, signal, say }: { fleet: Breakable; signal: AbortSignal; say: (text: string) => void },
): Promise<Struck[]> {
  const startedAt = Date.now();
  const striking: Promise<Struck>[] = [];
  for (const fault of faults) {
    await wait(Math.max(0, startedAt + fault.atMs - Date.now()), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    const beganAt = Date.now();
    say(`${(fault.atMs / 1000).toFixed(0)} s: ${fault.kind} ${fault.target}`.trimEnd());
    striking.push(STRIKES[fault.kind](fault, fleet, signal).then((what) => ({ ...fault, beganAt, what })));
  }
  return Promise.all(striking);
}
