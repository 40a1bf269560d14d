/** Nearest-rank percentile (NIST/SEMATECH e-Handbook 7.2.6.2 lists it), undefined of nothing. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
