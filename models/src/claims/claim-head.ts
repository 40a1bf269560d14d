import { PAIR_FEATURES } from './pair-features.js';

/** A calibrated logistic head over PAIR_FEATURES. */
export interface ClaimHead {
  readonly weights: readonly number[];
  readonly bias: number;
}

/** The logit of the pair whose features begin at `at`. Plain sums: a call to TF.js costs a millisecond, and few posts have a candidate. */
export function pairLogit({ weights, bias }: ClaimHead, features: Float32Array, at: number): number {
  let logit = bias;
  for (let i = 0; i < PAIR_FEATURES.length; i++) logit += (weights[i] as number) * (features[at + i] as number);
  return logit;
}

export const probability = (logit: number): number => 1 / (1 + Math.exp(-logit));
