/** @jest-environment <rootDir>/models/jest-environment-tf.cjs */
import { describe, expect, it } from '@jest/globals';
import { loadBackend } from '../backend.js';
import { headInTensorflow } from './claim-graph.js';
import { pairLogit, probability } from './claim-head.js';
import { CLAIM_MATCHER_DIR, loadClaimMatcher } from './load-claim-matcher.js';
import { PAIR_FEATURES } from './pair-features.js';

const PAIRS = 200;

/** Every share and length there is, from none to all. */
const features = Float32Array.from({ length: PAIRS * PAIR_FEATURES.length }, (_, i) => ((i * 7919) % 1009) / 1009);

const nativeWorks = await loadBackend('native').then(
  () => true,
  () => false,
);

describe('the head of the claim matcher', () => {
  // Without the binding there is nothing to compare, except in CI, where its absence is the fault.
  it.each(nativeWorks || process.env['CI'] ? (['wasm', 'native'] as const) : (['wasm'] as const))(
    'is the same in plain sums as in TF.js on %s',
    async (name) => {
      const { head } = await loadClaimMatcher(CLAIM_MATCHER_DIR);
      const theirs = headInTensorflow(await loadBackend(name), head, features);
      expect(theirs).toHaveLength(PAIRS);
      theirs.forEach((p, row) => {
        expect(p).toBeCloseTo(probability(pairLogit(head, features, row * PAIR_FEATURES.length)), 5);
      });
    },
  );
});
