import { minimise } from './lbfgs.js';

/** Sparse rows: row i has `values[k]` at column `ids[k]` for k in start[i] .. start[i + 1]. */
export interface SparseRows {
  readonly columns: number;
  readonly ids: Int32Array;
  readonly values: Float32Array;
  readonly start: Int32Array;
}

export interface LinearModel {
  readonly weights: Float64Array;
  readonly bias: number;
}

export interface LogisticOptions {
  /** Inverse strength of the L2 penalty: minimises |w|^2 / 2 + C * sum of weighted losses. The bias is penalised too, lightly. */
  readonly c: number;
  readonly iterations?: number;
}

/**
 * L2-regularised logistic regression to convergence, in plain typed arrays.
 * @param rows indices of the rows to learn from; `targets` (0 to 1, soft ones too) and `importance` are parallel to it.
 */
export function fitLogistic(
  data: SparseRows,
  rows: Int32Array,
  targets: Float32Array,
  importance: Float32Array,
  { c, iterations = 100 }: LogisticOptions,
): LinearModel {
  const columns = data.columns;
  const x = new Float64Array(columns + 1);
  minimise(
    (w, gradient) => {
      let value = 0;
      for (let i = 0; i <= columns; i++) {
        const wi = w[i] ?? 0;
        const penalty = i === columns ? 0.01 : 1;
        value += (penalty * wi * wi) / 2;
        gradient[i] = penalty * wi;
      }
      for (let r = 0; r < rows.length; r++) {
        const row = rows[r] ?? 0;
        const weight = c * (importance[r] ?? 0);
        if (weight === 0) continue;
        const [from, to] = [data.start[row] ?? 0, data.start[row + 1] ?? 0];
        let z = w[columns] ?? 0;
        for (let k = from; k < to; k++) z += (w[data.ids[k] ?? 0] ?? 0) * (data.values[k] ?? 0);
        const y = targets[r] ?? 0;
        value += weight * (Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z))));
        const error = weight * (1 / (1 + Math.exp(-z)) - y);
        for (let k = from; k < to; k++) gradient[data.ids[k] ?? 0]! += error * (data.values[k] ?? 0);
        gradient[columns]! += error;
      }
      return value;
    },
    x,
    iterations,
  );
  return { weights: x.subarray(0, columns), bias: x[columns] ?? 0 };
}

/** Logits of all rows. */
export function linearLogits(data: SparseRows, { weights, bias }: LinearModel): Float32Array {
  const out = new Float32Array(data.start.length - 1);
  for (let row = 0; row < out.length; row++) {
    let z = bias;
    for (let k = data.start[row] ?? 0; k < (data.start[row + 1] ?? 0); k++)
      z += (weights[data.ids[k] ?? 0] ?? 0) * (data.values[k] ?? 0);
    out[row] = z;
  }
  return out;
}
