import type { FeatureBatch } from '@siaga/text';
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { Backend, Tf } from './backend.js';
import type { Calibration } from './manifest.js';
import type { WeightTable } from './weight-table.js';

export interface Graph {
  /** Calibrated probabilities, row-major [texts, heads]. */
  predict(batch: FeatureBatch): Float32Array;
  dispose(): void;
}

/**
 * The model as TF.js ops: look up the rows of the features, sum them per text and group, divide each group by its TF-IDF length, add
 * the groups and the bias, calibrate, squash. The length comes out of the same sum: its column holds the squared idf.
 */
export function buildGraph(
  backend: Backend,
  table: WeightTable,
  bias: readonly number[],
  calibration: readonly Calibration[],
): Graph {
  const { tf } = backend;
  const heads = table.heads;
  backend.use();
  const lookup = tf.tidy(() => tf.tensor2d(foldIdf(table), [table.buckets, heads + 1]));
  const offsets = tf.tensor1d(bias as number[]);
  const slope = tf.tensor1d(calibration.map((c) => c.slope));
  const shift = tf.tensor1d(calibration.map((c) => c.offset));
  return {
    predict(batch) {
      backend.use();
      if (batch.texts === 0) return new Float32Array(0);
      const out = tf.tidy(() => forward(tf, lookup, batch, heads).add(offsets).mul(slope).add(shift).sigmoid());
      const scores = out.dataSync() as Float32Array;
      out.dispose();
      return scores;
    },
    dispose() {
      for (const tensor of [lookup, offsets, slope, shift] as (Tensor1D | Tensor2D)[]) tensor.dispose();
    },
  };
}

/**
 * Uncalibrated logits without bias, [texts, heads]. Call inside tf.tidy. Look-up and sum are one op (half the time of two natively, a
 * third in WebAssembly); it makes as many rows as the last segment's number says, so a feature of weight zero is put there: id 0.
 */
function forward(tf: Tf, lookup: Tensor2D, { ids, segments, texts }: FeatureBatch, heads: number): Tensor2D {
  const padded = (values: Int32Array, last: number): Int32Array => {
    const out = new Int32Array(values.length + 1);
    out.set(values);
    out[values.length] = last;
    return out;
  };
  const rows = tf.tensor1d(padded(ids, 0), 'int32');
  const sums = tf.sparse.sparseSegmentSum(
    lookup,
    rows,
    tf.tensor1d(padded(segments, 2 * texts - 1), 'int32'),
  ) as Tensor2D;
  const length = sums.slice([0, heads], [-1, 1]).maximum(1e-12).rsqrt();
  return sums.slice([0, 0], [-1, heads]).mul(length).reshape([texts, 2, heads]).sum(1) as Tensor2D;
}

/** [buckets, heads + 1]: weight times idf per head, then idf squared. */
function foldIdf({ buckets, heads, weights, idf }: WeightTable): Float32Array {
  const out = new Float32Array(buckets * (heads + 1));
  for (let i = 0; i < buckets; i++) {
    const f = idf[i] ?? 0;
    for (let h = 0; h < heads; h++) out[i * (heads + 1) + h] = (weights[i * heads + h] ?? 0) * f;
    out[i * (heads + 1) + heads] = f * f;
  }
  return out;
}
