import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '@siaga/runtime';
import {
  continueErasure,
  endLease,
  keepLease,
  leaseClass,
  openErasures,
  removeExpired,
  RETENTION_CLASSES,
  type Database,
  type RetentionClass,
} from '@siaga/storage';
import type { NotifyMetrics } from '../metrics.js';
import { retentionDays, type RetentionDays } from './retention-days.js';

/** Rows of one transaction: some tenths of a second of work at most. */
const BATCH = 200;
/** Lets others have the locks and the disk in between. */
const PAUSE_MS = 50;
const LEASE_MS = 60_000;
const HOUR_MS = 3_600_000;

export interface RetentionOptions {
  readonly db: Database;
  readonly policy: () => { readonly retention?: Partial<RetentionDays> };
  readonly metrics: Pick<NotifyMetrics, 'retained'>;
  readonly log: Logger;
  /** How long a class is left alone once nothing of it was left. */
  readonly restMs?: number;
  readonly pauseMs?: number;
}

/**
 * Removes what is older than it may be, a class after another and a batch at a time, and goes on with what authors have asked
 * for. Any number of processes may do so.
 */
export async function applyRetention(options: RetentionOptions, stopping: AbortSignal): Promise<void> {
  const { db, log, policy, restMs = HOUR_MS } = options;
  for (const name of RETENTION_CLASSES) {
    if (stopping.aborted) return;
    if (!(await leaseClass(db, name, { leaseMs: LEASE_MS, restMs }))) continue;
    const days = retentionDays(policy())[name];
    const { removed, finished } = await empty(name, days, options, stopping);
    await endLease(db, name, finished);
    if (removed > 0) log.info({ class: name, days, removed }, 'removed by retention');
  }
  for (const erasure of await openErasures(db)) {
    for (let full = true; full && !stopping.aborted;) full = (await continueErasure(db, erasure, BATCH)) === BATCH;
  }
}

async function empty(
  name: RetentionClass,
  days: number,
  { db, metrics, pauseMs = PAUSE_MS }: RetentionOptions,
  signal: AbortSignal,
): Promise<{ removed: number; finished: boolean }> {
  let removed = 0;
  while (!signal.aborted) {
    const count = await removeExpired(db, name, { days, limit: BATCH });
    removed += count;
    metrics.retained.inc({ class: name }, count);
    if (count < BATCH) return { removed, finished: true };
    await keepLease(db, name, LEASE_MS);
    await wait(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return { removed, finished: false };
}
