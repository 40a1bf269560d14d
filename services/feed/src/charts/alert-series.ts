import type { AlertHour } from '@siaga/storage';
import type { AlertSeries } from './chart-schemas.js';

const HOUR_MS = 3_600_000;
const PLATFORMS_SHOWN = 6;

/** Every hour of the span has its count, with or without alerts; platforms beyond the busiest are counted together. */
export function alertSeries(rows: readonly AlertHour[], hours: number, now: Date): AlertSeries {
  const last = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const first = last - (hours - 1) * HOUR_MS;
  const totals = new Map<string, number>();
  for (const { platform, alerts } of rows) totals.set(platform, (totals.get(platform) ?? 0) + alerts);
  const busiest = new Set(
    [...totals]
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, PLATFORMS_SHOWN)
      .map(([name]) => name),
  );
  const series = new Map<string, AlertSeries['series'][number]>();
  for (const { hour, category, platform, alerts } of rows) {
    const at = (hour.getTime() - first) / HOUR_MS;
    if (at < 0 || at >= hours) continue;
    const name = busiest.has(platform) ? platform : null;
    const key = JSON.stringify([category, name]);
    const one = series.get(key) ?? { category, platform: name, alerts: Array.from({ length: hours }, () => 0) };
    series.set(key, one);
    one.alerts[at] = (one.alerts[at] ?? 0) + alerts;
  }
  return {
    hours: Array.from({ length: hours }, (_none, i) => new Date(first + i * HOUR_MS).toISOString()),
    series: [...series.values()],
  };
}
