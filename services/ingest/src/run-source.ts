import { setTimeout as wait } from 'node:timers/promises';
import { TransientError, type Logger } from '@siaga/runtime';
import { LeaseLost } from '@siaga/storage';
import type { HeldLease } from './fleet/held-lease.js';
import type { HealthBook } from './fleet/source-health.js';
import { pump, type PumpOptions } from './pump.js';
import type { Source } from './sources/source.js';

const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 60_000;

/**
 * Keeps a source flowing: one that fails is opened again, with growing pauses that jitter spreads, and never stops the others.
 *
 * @param open called afresh at each try: what it needs may be there by then
 * @throws LeaseLost
 */
export async function runSource(
  open: () => Source,
  held: { lease: HeldLease; health: HealthBook; signal: AbortSignal },
  { log, ...options }: PumpOptions & { readonly log: Logger },
): Promise<void> {
  const { lease, health, signal } = held;
  for (let failed = 0; !signal.aborted;) {
    const posts = health.current.posts;
    try {
      await pump(open(), held, options);
      if (signal.aborted) return;
      health.ended();
      return log.info({ source: lease.source }, 'source has ended');
    } catch (err) {
      if (err instanceof LeaseLost) throw err;
      if (signal.aborted) return;
      // What brought something before it failed has not been failing all the time.
      failed = health.current.posts > posts ? 1 : failed + 1;
      const asked = err instanceof TransientError ? (err.retryAfterMs ?? 0) : 0;
      const pauseMs = Math.max(
        asked,
        Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failed - 1)) * (0.5 + Math.random() / 2),
      );
      health.failed(err);
      options.metrics.failures.inc({ source: lease.source });
      if (asked > 0) options.metrics.waits.inc({ source: lease.source, cause: 'asked' }, pauseMs / 1000);
      log.warn({ err, source: lease.source, pauseMs }, 'source failed, opening it again');
      await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
