import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { normalisedTokens, stemsOf } from '@siaga/text';
import fc from 'fast-check';
import { OPEN_GATE, type Gate } from './candidates.js';
import { createClaimIndex } from './claim-index.js';
import { foundPairs } from './golden-pairs.fixture.js';
import { CLAIM_MATCHER_DIR, loadClaimMatcher } from './load-claim-matcher.js';
import { weightOf, type WordWeights } from './word-weights.js';

const WORDS = 'kapal bandar gunung sungai kereta jembatan pasar hujan sawah nelayan mercusuar lumbung'.split(' ');
/** As unequal as weights are among real words. */
const WEIGHTS: WordWeights = {
  bits: 8,
  scale: 1 / 16, // sums are exact
  table: Uint8Array.from({ length: 256 }, (_, i) => 1 + ((i * 37) % 255)),
};
const sentence = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 20 }).map((words) => words.join(' '));
const stemsIn = (text: string): Set<string> => new Set(stemsOf(normalisedTokens(text)));
const weightOfAll = (stems: Iterable<string>): number =>
  [...stems].reduce((sum, stem) => sum + weightOf(WEIGHTS, stem), 0);

describe('the index of claims', () => {
  it('finds every claim that passes the gate, and no other', () => {
    const gate: Gate = { weight: 9, share: 0.5, most: 100 };
    fc.assert(
      fc.property(fc.array(sentence, { maxLength: 12 }), sentence, (claims, text) => {
        const index = createClaimIndex(WEIGHTS, gate);
        claims.forEach((claim, i) => index.add(String(i), claim));
        const held = stemsIn(text);
        const passing = claims.flatMap((claim, i) => {
          const own = stemsIn(claim);
          const shared = weightOfAll([...own].filter((stem) => held.has(stem)));
          return shared >= gate.weight && shared >= gate.share * weightOfAll(own) ? [String(i)] : [];
        });
        const found = index.search({ text, tokens: normalisedTokens(text) });
        expect((found?.claims ?? []).map(({ claimId }) => claimId).sort()).toEqual(passing.sort());
      }),
      { numRuns: 500 },
    );
  });

  it('ranks an exact copy first, and holds to the most that it may return', () => {
    const index = createClaimIndex(WEIGHTS, { ...OPEN_GATE, most: 2 });
    const claims = ['kapal karam di bandar', 'kapal baru di sungai', 'kapal tua dekat mercusuar'];
    claims.forEach((claim, i) => index.add(String(i), claim));
    for (const [i, text] of claims.entries()) {
      const found = index.search({ text, tokens: normalisedTokens(text) });
      expect(found?.claims.length).toBeLessThanOrEqual(2);
      expect(found?.claims[0]?.claimId).toBe(String(i));
    }
  });

  it('finds the claims and the features that the head was trained on', async () => {
    const pairs = foundPairs(await loadClaimMatcher(CLAIM_MATCHER_DIR));
    // Made by the version that the matcher was trained with. Another one needs another matcher: npm run train -- claims
    expect(createHash('sha256').update(pairs.join('\n')).digest('hex')).toBe(
      '7fb5a737a8430e36f274477365e4e8114a63a533d02c7f05dca0a6b52bb1f5bb',
    );
  });
});
