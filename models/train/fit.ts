import { loadBackend } from '../src/backend.js';
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { Dataset } from './dataset.js';
import { createProgress } from './progress.js';
import { createRandom, shuffle } from './random.js';

export interface FitOptions {
  readonly buckets: number;
  readonly heads: number;
  /** [rows, heads]: what to learn, and how much it counts; weight 0 where a row says nothing. Row-major, rows of the data set. */
  readonly targets: Float32Array;
  readonly importance: Float32Array;
  /** Indices of the rows to learn from. */
  readonly use: Int32Array;
  /** Strength of the L2 penalty on each weight, per head: that of 1 / (2 C) in the usual sum form. */
  readonly decay: readonly number[];
  /** Factor of the penalty per feature and head, [buckets, heads]; see ratioPenalty. */
  readonly penalty: Float32Array;
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly seed: number;
  readonly onEpoch?: (epoch: number, weights: Float32Array, bias: Float32Array) => void;
}

export interface Fitted {
  /** [buckets, heads], in the TF-IDF space. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly loss: readonly number[];
}

/**
 * Logistic regression for all heads at once over hashed TF-IDF features, in TF.js: look-up, segment sum, weighted cross-entropy, Adam
 * with a rate that falls linearly to zero, and a decoupled L2 step per batch.
 */
export async function fitHeads(data: Dataset, values: Float32Array, options: FitOptions): Promise<Fitted> {
  const { tf, use } = await loadBackend('auto');
  use();
  const { buckets, heads, batch, epochs } = options;
  const weights = tf.variable(tf.zeros([buckets, heads]) as Tensor2D);
  const bias = tf.variable(tf.zeros([heads]));
  const penalties = tf.tensor2d(options.penalty, [buckets, heads]);
  const optimizer = tf.train.adam(options.rate);
  const random = createRandom(options.seed);
  const order = options.use.slice();
  const steps = Math.ceil(order.length / batch);
  const progress = createProgress('training', epochs * steps);
  const total = totalImportance(options);
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    let sum = 0;
    for (let step = 0; step < steps; step++) {
      const left = 1 - (epoch * steps + step) / (epochs * steps);
      (optimizer as unknown as { learningRate: number }).learningRate = options.rate * left;
      const rows = order.subarray(step * batch, (step + 1) * batch);
      const part = gatherBatch(data, values, rows, options);
      const loss = optimizer.minimize(
        () =>
          tf.tidy(() => {
            const x = tf.gather(weights, part.ids).mul(part.values.expandDims(1));
            const logits = tf.unsortedSegmentSum(x, part.segments, rows.length).add(bias);
            // Cross-entropy on logits, the form that cannot overflow: max(z, 0) - z y + ln(1 + exp(-|z|)).
            const entropy = logits.relu().sub(logits.mul(part.targets)).add(logits.abs().neg().exp().log1p());
            const penalty = weights
              .square()
              .mul(penalties)
              .sum(0)
              .mul(tf.tensor1d(options.decay.map((d, h) => d / (total[h] || 1))))
              .sum();
            const scale = tf.tensor1d(total.map((t) => order.length / rows.length / (t || 1)));
            return entropy.mul(part.importance).sum(0).mul(scale).sum().add(penalty) as Scalar;
          }),
        true,
        [weights, bias],
      );
      sum += loss?.dataSync()[0] ?? 0;
      tf.dispose([loss, ...Object.values(part)] as Tensor[]);
      progress(epoch * steps + step + 1, `loss ${(sum / (step + 1)).toFixed(4)}`);
    }
    losses.push(sum / steps);
    options.onEpoch?.(epoch, weights.dataSync() as Float32Array, bias.dataSync() as Float32Array);
  }
  const fitted = {
    weights: (weights.dataSync() as Float32Array).slice(),
    bias: (bias.dataSync() as Float32Array).slice(),
    loss: losses,
  };
  optimizer.dispose();
  tf.dispose([weights, bias, penalties]);
  return fitted;

  function gatherBatch(all: Dataset, allValues: Float32Array, rows: Int32Array, { targets, importance }: FitOptions) {
    let size = 0;
    for (const row of rows) size += (all.start[2 * row + 2] ?? 0) - (all.start[2 * row] ?? 0);
    const ids = new Int32Array(size);
    const segments = new Int32Array(size);
    const picked = new Float32Array(size);
    const y = new Float32Array(rows.length * heads);
    const w = new Float32Array(rows.length * heads);
    let at = 0;
    rows.forEach((row, i) => {
      const [from, to] = [all.start[2 * row] ?? 0, all.start[2 * row + 2] ?? 0];
      ids.set(all.ids.subarray(from, to), at);
      picked.set(allValues.subarray(from, to), at);
      segments.fill(i, at, at + to - from);
      at += to - from;
      y.set(targets.subarray(row * heads, (row + 1) * heads), i * heads);
      w.set(importance.subarray(row * heads, (row + 1) * heads), i * heads);
    });
    return {
      ids: tf.tensor1d(ids, 'int32'),
      segments: tf.tensor1d(segments, 'int32'),
      values: tf.tensor1d(picked),
      targets: tf.tensor2d(y, [rows.length, heads]),
      importance: tf.tensor2d(w, [rows.length, heads]),
    };
  }
}

/** Sum of the importance of each head's rows: losses are means over what a head sees, so that heads of few rows learn as fast. */
function totalImportance({ heads, importance, use }: FitOptions): number[] {
  const total = new Array<number>(heads).fill(0);
  for (const row of use)
    for (let h = 0; h < heads; h++) total[h] = (total[h] ?? 0) + (importance[row * heads + h] ?? 0);
  return total;
}
