import type { FeatureBatch } from '@siaga/text';
import type { Calibration } from './manifest.js';
import type { WeightTable } from './weight-table.js';

/** How many heads fit beside the idf into one 32-bit word. */
export const LANES = 3;

export interface AdditiveHeads {
  /** Calibrated probabilities, row-major [texts, LANES]. The array is overwritten by the next call. */
  predict(batch: FeatureBatch): Float64Array;
}

/**
 * The same model as the graph, for three of its heads, without TF.js: each bucket is one 32-bit word of four bytes (idf, and the int8 weights
 * of the heads), so that a feature costs one load, and sums of products of bytes are exact in 32 bits. TF.js stays the engine of
 * record; a test holds the two to 1e-5 of each other.
 *
 * @param heads their columns in the table, LANES of them
 * @param scales step of the int8 weights per head of the table; idfScale: step of the uint8 idf
 */
export function additiveHeads(
  table: WeightTable,
  heads: readonly number[],
  bias: readonly number[],
  calibration: readonly Calibration[],
  { scale, idfScale }: { readonly scale: readonly number[]; readonly idfScale: number },
): AdditiveHeads {
  if (heads.length !== LANES) throw new RangeError(`${LANES} heads, not ${heads.length}`);
  const words = pack(table, heads, scale, idfScale);
  const [a, b, c] = heads.map((head) => ({
    step: scale[head] ?? 0,
    bias: bias[head] ?? 0,
    slope: calibration[head]?.slope ?? 1,
    offset: calibration[head]?.offset ?? 0,
  })) as [Lane, Lane, Lane];
  let out = new Float64Array(0);
  return {
    predict({ ids, segments, texts }) {
      if (out.length < texts * LANES) out = new Float64Array(texts * LANES);
      out.fill(0, 0, texts * LANES);
      const size = ids.length;
      for (let k = 0; k < size;) {
        const segment = segments[k] as number;
        let length = 0;
        let sumA = 0;
        let sumB = 0;
        let sumC = 0;
        for (; k < size && segments[k] === segment; k++) {
          const word = words[ids[k] as number] as number;
          const idf = word & 0xff;
          length += idf * idf;
          sumA += idf * ((word << 16) >> 24);
          sumB += idf * ((word << 8) >> 24);
          sumC += idf * (word >> 24);
        }
        if (length === 0) continue;
        // The steps of idf cancel out between the sums and their length.
        const norm = 1 / Math.sqrt(length);
        const at = (segment >> 1) * LANES;
        out[at] = (out[at] as number) + sumA * norm * a.step;
        out[at + 1] = (out[at + 1] as number) + sumB * norm * b.step;
        out[at + 2] = (out[at + 2] as number) + sumC * norm * c.step;
      }
      for (let at = 0; at < texts * LANES; at += LANES) {
        out[at] = probability(out[at] as number, a);
        out[at + 1] = probability(out[at + 1] as number, b);
        out[at + 2] = probability(out[at + 2] as number, c);
      }
      return out;
    },
  };
}

interface Lane {
  readonly step: number;
  readonly bias: number;
  readonly slope: number;
  readonly offset: number;
}

const probability = (sum: number, { bias, slope, offset }: Lane): number =>
  1 / (1 + Math.exp(-((sum + bias) * slope + offset)));

function pack(table: WeightTable, heads: readonly number[], scale: readonly number[], idfScale: number): Int32Array {
  const words = new Int32Array(table.buckets);
  for (let bucket = 0; bucket < table.buckets; bucket++) {
    let word = Math.round((table.idf[bucket] ?? 0) / idfScale);
    heads.forEach((head, lane) => {
      const level = Math.round((table.weights[bucket * table.heads + head] ?? 0) / (scale[head] ?? 1));
      word |= (level & 0xff) << (8 * (lane + 1));
    });
    words[bucket] = word;
  }
  return words;
}
