import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACTIVE_MODEL_DIR, loadScorer, type Scorer } from '@siaga/models';
import { smokeCheck } from './smoke-check.js';

let scorer: Scorer;
beforeAll(async () => {
  scorer = await loadScorer(ACTIVE_MODEL_DIR, { backend: 'wasm' });
});
afterAll(() => scorer.dispose());

describe('the check before a model serves', () => {
  it('passes the committed model', () => {
    smokeCheck(scorer);
  });

  it('refuses a model whose fast path scores something else than its graph', () => {
    const skewed: Scorer = {
      ...scorer,
      categories: (texts) => scorer.categories(texts).map((scores) => ({ ...scores, hate: scores.hate / 2 })),
    };
    expect(() => smokeCheck(skewed)).toThrow('the hate scores of posts are not those of TF.js');
  });

  it('refuses scores that are no probabilities and scores that are all the same', () => {
    const all = (hate: number): Scorer => ({
      ...scorer,
      score: (texts) => scorer.score(texts).map((scored) => ({ scores: { ...scored.scores, hate } })),
    });
    expect(() => smokeCheck(all(NaN))).toThrow('a hate score is no probability');
    expect(() => smokeCheck(all(0.5))).toThrow('every text has the same hate score');
  });
});
