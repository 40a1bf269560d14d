import type { SourceEntry } from '../sources/kinds.js';

/** Requests per second by host, the lowest that any source there asks for: a host counts them all together. */
export function hostRates(entries: readonly SourceEntry[]): ReadonlyMap<string, number> {
  const rates = new Map<string, number>();
  for (const entry of entries) {
    if (!('rate' in entry) || entry.rate === undefined) continue;
    const { host } = new URL(entry.url);
    rates.set(host, Math.min(rates.get(host) ?? Infinity, entry.rate));
  }
  return rates;
}
