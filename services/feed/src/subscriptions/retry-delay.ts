const FIRST_MS = 2_000;
const LONGEST_MS = 3_600_000;
/** A receiver that has taken nothing for this long is told nothing more until a person says so. */
export const GIVE_UP_MS = 3 * 24 * 3_600_000;

/**
 * How long to wait before a message is sent again: twice as long each time, up to an hour, jittered so that a receiver of many
 * is not met by all at once; and what the receiver itself asks for.
 *
 * @param failures in a row, at least 1
 */
export function subscriptionDelayMs(failures: number, askedMs = 0): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return Math.max(askedMs, ceiling / 2 + (Math.random() * ceiling) / 2);
}
