import { describe, expect, it } from '@jest/globals';
import type { Scorer } from '@siaga/models';
import { scoreCache } from './score-cache.js';

/** Scores a text by the length of its first word, and remembers what it was asked. */
function aScorer(): { scorer: Scorer; asked: string[] } {
  const asked: string[] = [];
  const categoriesOfTokens: Scorer['categoriesOfTokens'] = (texts) => {
    asked.push(...texts.map((tokens) => tokens.join(' ')));
    return texts.map(([first = '']) => ({ hoax: 0, hate: first.length / 100, bullying: 0 }));
  };
  const thresholds = { hoax: { flag: 0.9, escalate: 0.95 } };
  return { scorer: { categoriesOfTokens, thresholds } as Scorer, asked };
}

describe('scoreCache', () => {
  it('scores a text once, and keeps results in order', () => {
    const { scorer, asked } = aScorer();
    const cache = scoreCache();
    cache.read(scorer, ['b'], ['b']);
    const { results, hits } = cache.read(scorer, ['kopi', 'b', 'teh'], ['kopi', 'b', 'teh']);
    expect(results.map(({ scores }) => scores.hate)).toEqual([0.04, 0.01, 0.03]);
    expect(hits).toBe(1);
    expect(asked).toEqual(['b', 'kopi', 'teh']);
  });

  it('forgets everything when the model changes', () => {
    const [old, young] = [aScorer(), aScorer()];
    const cache = scoreCache();
    cache.read(old.scorer, ['a'], ['a']);
    expect(cache.read(young.scorer, ['a'], ['a']).hits).toBe(0);
    expect(young.asked).toEqual(['a']);
  });

  it('forgets everything when a claim comes, which a text may make', () => {
    const { scorer, asked } = aScorer();
    const cache = scoreCache();
    const claim = { claimId: 'c', text: 'a', verdict: 'Salah', url: 'https://cek.example/1', publisher: 'Meja Uji' };
    cache.read(scorer, ['awas'], ['a']);
    const known = { size: 1, generation: 1, match: () => [{ ...claim, probability: 0.9 }] };
    const { results, hits } = cache.read(scorer, ['awas'], ['a'], known);
    expect([hits, results[0]?.scores.hoax, results[0]?.claims.length]).toEqual([0, 0.9, 1]);
    expect(asked).toEqual(['awas', 'awas']);
  });

  it('keeps what is asked for again, and forgets what is not', () => {
    const { scorer, asked } = aScorer();
    const cache = scoreCache();
    const read = (texts: string[]) => cache.read(scorer, texts, texts).hits;
    const flood = (from: number) => read(Array.from({ length: 20_000 }, (_none, i) => `kata${from + i}`));
    read(['lama', 'sering']);
    for (let round = 0; round < 5; round++) {
      flood(round * 20_000);
      expect(read(['sering'])).toBe(1);
    }
    asked.length = 0;
    expect(read(['lama'])).toBe(0);
    expect(asked).toEqual(['lama']);
  });
});
