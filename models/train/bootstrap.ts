import type { Judged } from './metrics.js';
import { createRandom } from './random.js';

/** 95% interval of a metric by resampling rows with replacement (percentile bootstrap), seeded. */
export function bootstrapInterval(
  items: readonly Judged[],
  metric: (sample: Judged[]) => number,
  resamples = 500,
  seed = 1,
): [low: number, high: number] {
  const random = createRandom(seed);
  const values: number[] = [];
  for (let i = 0; i < resamples; i++) {
    const sample = items.map(() => items[Math.floor(random() * items.length)] as Judged);
    const value = metric(sample);
    if (!Number.isNaN(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const at = (q: number): number => values[Math.min(values.length - 1, Math.floor(q * values.length))] ?? NaN;
  return [at(0.025), at(0.975)];
}
