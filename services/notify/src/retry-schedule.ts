const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;
/** No more than this share of what is left until the deadline goes by between two tries. */
const SHARE_OF_TIME_LEFT = 1 / 4;

/**
 * How long to wait before a delivery is tried again: twice as long each time, from a second to five minutes, jittered so that a
 * platform that comes back is not met by all at once; and never so long that the deadline passes without several more tries.
 * What the platform itself asks for counts before all of that.
 *
 * @param attempts made so far, at least 1
 * @param leftMs until the notice is due, negative once it has passed
 */
export function retryDelayMs(attempts: number, leftMs: number, askedMs = 0): number {
  const growing = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 20));
  const ceiling = leftMs > 0 ? Math.max(FIRST_MS, Math.min(growing, leftMs * SHARE_OF_TIME_LEFT)) : growing;
  return Math.max(askedMs, ceiling / 2 + (Math.random() * ceiling) / 2);
}
