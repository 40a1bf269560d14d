const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Letters behind numbers of days, hours, minutes and seconds. */
export interface Units {
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

/** A span in its two largest units, such as "3 jam 12 mnt"; seconds only below a minute. */
export function spanWords(ms: number, units: Units): string {
  if (ms < MINUTE_MS) return `${Math.max(0, Math.floor(ms / 1000))} ${units.second}`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} ${units.minute}`;
  if (ms < DAY_MS) return two(ms, HOUR_MS, units.hour, MINUTE_MS, units.minute);
  return two(ms, DAY_MS, units.day, HOUR_MS, units.hour);
}

function two(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${largeUnit}${rest > 0 ? ` ${rest} ${smallUnit}` : ''}`;
}

export interface Countdown {
  readonly state: 'ahead' | 'soon' | 'overdue';
  readonly ms: number;
}

/** How far a deadline is away, or how long it has passed; `soon` in its last hour. */
export function countdownTo(dueAt: string, now: number): Countdown {
  const ms = Date.parse(dueAt) - now;
  if (ms < 0) return { state: 'overdue', ms: -ms };
  return { state: ms < HOUR_MS ? 'soon' : 'ahead', ms };
}
