const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** Of Asia/Jakarta, which has no summer time. */
const HOURS_AHEAD_OF_UTC = 7;

/**
 * @param atHour of the day in Jakarta, null for every hour
 * @returns the first full hour after `now` at which a digest is due
 */
export function nextDigestAt(atHour: number | null, now: Date): Date {
  const nextHour = Math.floor(now.getTime() / HOUR_MS) + 1;
  if (atHour === null) return new Date(nextHour * HOUR_MS);
  const hourOfDay = (nextHour + HOURS_AHEAD_OF_UTC) % DAY_HOURS;
  return new Date((nextHour + ((atHour - hourOfDay + DAY_HOURS) % DAY_HOURS)) * HOUR_MS);
}
