/** A calendar month of a time zone. */
export interface Month {
  /** Such as 2026-10. */
  readonly name: string;
  readonly from: Date;
  /** Not part of it. */
  readonly to: Date;
}

export const MONTH_PATTERN = '^20[2-9]\\d-(0[1-9]|1[0-2])$';

/**
 * @param timeZone an IANA name
 * @returns undefined when the name is none of a month
 */
export function monthOf(name: string, timeZone: string): Month | undefined {
  if (!new RegExp(MONTH_PATTERN).test(name)) return undefined;
  const [year = 0, month = 0] = name.split('-').map(Number);
  return { name, from: startOf(year, month, timeZone), to: startOf(year, month + 1, timeZone) };
}

/** The month that an instant is in, or one so many months from it. */
export function monthAt(at: Date, timeZone: string, further = 0): string {
  const local = new Date(at.getTime() + offsetMs(at.getTime(), timeZone));
  const first = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + further, 1));
  return first.toISOString().slice(0, 7);
}

/** Counts are kept by the hour, so a zone whose months begin within one cannot be reported on. */
export function isUsableZone(timeZone: string): boolean {
  try {
    const [winter, summer] = [0, 6].map((month) => offsetMs(Date.UTC(2026, month, 1), timeZone));
    return (winter as number) % HOUR_MS === 0 && (summer as number) % HOUR_MS === 0;
  } catch {
    return false;
  }
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Asked twice, for the offset at the wall clock's midnight may be another one than at that of UTC. */
function startOf(year: number, month: number, timeZone: string): Date {
  const wall = Date.UTC(year, month - 1, 1);
  const near = wall - offsetMs(wall, timeZone);
  return new Date(wall - offsetMs(near, timeZone));
}

/** How far the zone's clocks are ahead of UTC. */
function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0'] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS);
}
