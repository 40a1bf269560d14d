import { setTimeout as wait } from 'node:timers/promises';
import { Fault } from '../fault.js';

const POLL_MS = 100;
const TIMEOUT_MS = 90_000;

/**
 * Waits until `/readyz` of an ops port answers 200.
 *
 * @throws Fault with what the service said last; the signal's reason when aborted
 */
export async function untilReady(name: string, opsPort: number, signal: AbortSignal, logFolder: string): Promise<void> {
  let last = 'it never answered';
  const deadline = Date.now() + TIMEOUT_MS;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    try {
      const response = await fetch(`http://127.0.0.1:${opsPort}/readyz`, { signal: AbortSignal.timeout(3_000) });
      if (response.ok) return void (await response.arrayBuffer());
      last = await response.text();
    } catch {
      // not listening yet, or restarting
    }
    await wait(POLL_MS);
  }
  throw new Fault(`${name} was not ready after ${TIMEOUT_MS / 1000} s: ${last}; its log is ${logFolder}/${name}.log`);
}
