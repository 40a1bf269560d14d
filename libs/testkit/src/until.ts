import { setTimeout as wait } from 'node:timers/promises';

/**
 * Waits for a condition, the only way that tests wait.
 *
 * @returns the first value that is neither undefined, null nor false
 * @throws Error naming what was waited for
 */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  { timeoutMs = 20_000, pauseMs = 25 }: { timeoutMs?: number; pauseMs?: number } = {},
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await wait(pauseMs);
  }
}
