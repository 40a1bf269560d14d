import type { FeatureBatch } from '@siaga/text';
import type { Calibration } from './manifest.js';
import type { WeightTable } from './weight-table.js';

/**
 * The graph without TF.js, for a few texts at a time, where a call to TF.js costs more than the sums: calibrated probabilities of all
 * heads, row-major [texts, heads].
 */
export function predictPlainly(
  { buckets, heads, weights, idf }: WeightTable,
  bias: readonly number[],
  calibration: readonly Calibration[],
  { ids, segments, texts }: FeatureBatch,
): Float64Array {
  if (idf.length !== buckets) throw new RangeError(`${idf.length} idf values for ${buckets} buckets`);
  const out = new Float64Array(texts * heads);
  const sums = new Float64Array(heads);
  for (let k = 0; k < ids.length;) {
    const segment = segments[k] as number;
    sums.fill(0);
    let length = 0;
    for (; k < ids.length && segments[k] === segment; k++) {
      const id = ids[k] as number;
      const f = idf[id] as number;
      length += f * f;
      for (let h = 0; h < heads; h++) sums[h]! += f * (weights[id * heads + h] as number);
    }
    const norm = length === 0 ? 0 : 1 / Math.sqrt(length);
    const at = (segment >> 1) * heads;
    for (let h = 0; h < heads; h++) out[at + h]! += (sums[h] as number) * norm;
  }
  return out.map((sum, i) => {
    const head = i % heads;
    const { slope, offset } = calibration[head] ?? { slope: 1, offset: 0 };
    return 1 / (1 + Math.exp(-((sum + (bias[head] ?? 0)) * slope + offset)));
  });
}
