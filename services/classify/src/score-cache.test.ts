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
  return { scorer: { categoriesOfTokens } as Scorer, asked };
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
