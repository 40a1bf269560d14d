import type { Dataset } from './dataset.js';

/** Uncalibrated logits of every row, row-major [rows, heads], in plain typed arrays: what the graph computes, for training's own use. */
export function computeLogits(
  data: Dataset,
  values: Float32Array,
  weights: Float32Array,
  bias: Float32Array,
): Float32Array {
  const heads = bias.length;
  const out = new Float32Array(data.rows.length * heads);
  for (let row = 0; row < data.rows.length; row++) {
    out.set(bias, row * heads);
    for (let k = data.start[2 * row] ?? 0; k < (data.start[2 * row + 2] ?? 0); k++) {
      const value = values[k] ?? 0;
      if (value === 0) continue;
      const at = (data.ids[k] ?? 0) * heads;
      for (let h = 0; h < heads; h++) out[row * heads + h]! += value * (weights[at + h] ?? 0);
    }
  }
  return out;
}
