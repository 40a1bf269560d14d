import { PAIR_FEATURES } from '../../src/claims/pair-features.js';
import type { ClaimHead } from '../../src/claims/claim-head.js';
import { minimise } from '../lbfgs.js';

/** The candidates of one post: PAIR_FEATURES of each, row after row, and which one is right, -1 when none is. */
export interface Group {
  readonly features: Float32Array;
  readonly right: number;
}

export interface FitPairsOptions {
  /** Strength of the L2 penalty on standardised weights. */
  readonly decay: number;
  /** How much it counts whether each pair matches, beside which candidate of a post is the best. */
  readonly pointwise: number;
}

const F = PAIR_FEATURES.length;

/**
 * Learns to put the right claim first (softmax over the candidates of a post) and to know a match by itself (logistic loss over pairs), with one
 * linear function. Posts without a right claim teach only the second.
 */
export function fitPairs(groups: readonly Group[], { decay, pointwise }: FitPairsOptions): ClaimHead {
  const { mean, deviation } = spread(groups);
  const rows = groups.map(({ features, right }) => ({
    right,
    x: features.map((value, k) => (value - (mean[k % F] as number)) / (deviation[k % F] as number)),
  }));
  const w = new Float64Array(F + 1);
  minimise(
    (at, gradient) => {
      let loss = 0;
      gradient.fill(0);
      for (let i = 0; i < F; i++) {
        loss += (decay * (at[i] as number) ** 2) / 2;
        gradient[i] = decay * (at[i] as number);
      }
      for (const row of rows) loss += addGroup(row, at, gradient, pointwise);
      return loss;
    },
    w,
    200,
  );
  const weights = Array.from({ length: F }, (_, i) => (w[i] as number) / (deviation[i] as number));
  const bias = weights.reduce((sum, weight, i) => sum - weight * (mean[i] as number), w[F] as number);
  return { weights, bias };
}

function addGroup(
  { x, right }: { x: Float32Array; right: number },
  w: Float64Array,
  gradient: Float64Array,
  pointwise: number,
): number {
  const n = x.length / F;
  const logits = Array.from({ length: n }, (_, row) => {
    let z = w[F] as number;
    for (let i = 0; i < F; i++) z += (w[i] as number) * (x[row * F + i] as number);
    return z;
  });
  const highest = Math.max(...logits);
  const sum = logits.reduce((total, z) => total + Math.exp(z - highest), 0);
  let loss = right < 0 ? 0 : Math.log(sum) + highest - (logits[right] as number);
  logits.forEach((z, row) => {
    const truth = row === right ? 1 : 0;
    loss += pointwise * (Math.max(z, 0) - z * truth + Math.log1p(Math.exp(-Math.abs(z))));
    const own = pointwise * (1 / (1 + Math.exp(-z)) - truth);
    const error = own + (right < 0 ? 0 : Math.exp(z - highest) / sum - truth);
    for (let i = 0; i < F; i++) gradient[i]! += error * (x[row * F + i] as number);
    gradient[F]! += own;
  });
  return loss;
}

function spread(groups: readonly Group[]): { mean: Float64Array; deviation: Float64Array } {
  const mean = new Float64Array(F);
  const deviation = new Float64Array(F);
  const each = (visit: (value: number, feature: number) => void): void => {
    for (const { features } of groups) features.forEach((value, k) => visit(value, k % F));
  };
  const rows = groups.reduce((sum, { features }) => sum + features.length / F, 0);
  each((value, i) => (mean[i]! += value / rows));
  each((value, i) => (deviation[i]! += (value - (mean[i] as number)) ** 2 / rows));
  return { mean, deviation: deviation.map((square) => Math.sqrt(square) || 1) };
}
