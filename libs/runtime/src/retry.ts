import { setTimeout as wait } from 'node:timers/promises';
import { TransientError } from './errors.js';

export interface RetrySettings {
  /** How often to try in all, at least 1. */
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  readonly signal?: AbortSignal;
  readonly onRetry?: (error: TransientError, attempt: number, delayMs: number) => void;
}

/**
 * Tries again after a TransientError, waiting twice as long each time with full jitter
 * (the scheme of AWS's "Exponential Backoff and Jitter"); any other error passes through at once.
 */
export async function retrying<T>(settings: RetrySettings, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TransientError) || attempt >= settings.attempts || settings.signal?.aborted) throw error;
      const ceiling = Math.min(settings.maxDelayMs, settings.firstDelayMs * 2 ** (attempt - 1));
      const delayMs = Math.max(error.retryAfterMs ?? 0, Math.random() * ceiling);
      settings.onRetry?.(error, attempt, delayMs);
      await wait(delayMs, undefined, settings.signal ? { signal: settings.signal } : {}).catch(() => {
        throw error;
      });
    }
  }
}
