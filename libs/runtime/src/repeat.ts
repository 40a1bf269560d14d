import { setTimeout as wait } from 'node:timers/promises';
import { TransientError } from './errors.js';
import type { Logger } from './logger.js';

/**
 * Does a piece of work, which may be a long one that looks at the signal, pauses, and does it again until told to stop. A
 * failure that may pass is logged and waited out.
 *
 * @param onCrash called with an error that is nobody's to retry
 * @returns how to stop, after the work under way
 */
export function startRepeating(
  {
    what,
    pauseMs,
    work,
    log,
  }: { what: string; pauseMs: number; work: (stopping: AbortSignal) => Promise<void>; log: Logger },
  onCrash: (error: unknown) => void,
) {
  const stopping = new AbortController();
  const { signal } = stopping;
  const repeat = async () => {
    while (!signal.aborted) {
      try {
        await work(signal);
      } catch (err) {
        if (!(err instanceof TransientError)) throw err;
        log.warn({ err, what }, 'waiting for the database');
      }
      await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const repeating = repeat();
  repeating.catch(onCrash);
  return {
    async close() {
      stopping.abort();
      await repeating.catch(() => undefined);
    },
  };
}
