import type { OpsPanel } from '../ops/ops-schema.js';

const MINUTE = 60;
const HOUR = 3_600;

/** A value in the words of its unit, short: seconds as s, min or h, shares as percent. */
export function opsFigure(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '–';
  switch (unit) {
    case 'seconds':
      if (value < 1) return `${Math.round(value * 1000)} ms`;
      if (value < 2 * MINUTE) return `${trimmed(value)} s`;
      return value < 2 * HOUR ? `${trimmed(value / MINUTE)} min` : `${trimmed(value / HOUR)} h`;
    case 'ratio':
      return `${trimmed(value * 100)}%`;
    case 'per-second':
      return `${trimmed(value)}/s`;
    case 'bytes-per-second':
      return `${trimmed(value / 1024)} KiB/s`;
    default:
      return trimmed(value);
  }
}

const trimmed = (value: number): string => String(Number(value.toPrecision(3)));

/** The highest of all values, at least a little more than nothing, so that a line at 0 lies at the bottom. */
export function topOf({ series }: OpsPanel): number {
  let top = 0;
  for (const { values } of series) for (const value of values) top = Math.max(top, value ?? 0);
  return top || 1;
}
