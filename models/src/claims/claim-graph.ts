import type { Tensor2D } from '@tensorflow/tfjs';
import type { Backend } from '../backend.js';
import type { ClaimHead } from './claim-head.js';
import { PAIR_FEATURES } from './pair-features.js';

/** The head in TF.js, the engine of record: what the plain sums of the hot path are held to. */
export function headInTensorflow({ tf, use }: Backend, { weights, bias }: ClaimHead, features: Float32Array): number[] {
  use();
  return tf.tidy(() => {
    const pairs: Tensor2D = tf.tensor2d(features, [features.length / PAIR_FEATURES.length, PAIR_FEATURES.length]);
    const logits = pairs.matMul(tf.tensor2d([...weights], [weights.length, 1])).add(bias);
    return [...logits.sigmoid().dataSync()];
  });
}
