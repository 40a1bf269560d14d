import { describe, expect, it } from '@jest/globals';
import type { Scorer } from '@siaga/models';
import { scoreCache } from './score-cache.js';

/** Scores a text by its length, and remembers what it was asked. */
function aScorer(): { scorer: Scorer; asked: string[] } {
  const asked: string[] = [];
  const categories: Scorer['categories'] = (texts) => {
    asked.push(...texts);
    return texts.map((text) => ({ hoax: 0, hate: text.length / 100, bullying: 0 }));
  };
  return { scorer: { categories } as Scorer, asked };
}

describe('scoreCache', () => {
  it('scores a text once, and keeps results in order', () => {
    const { scorer, asked } = aScorer();
    const cache = scoreCache();
    cache.categories(scorer, ['b'], ['b']);
    const { results, hits } = cache.categories(scorer, ['aaa', 'b', 'cc'], ['aaa', 'b', 'cc']);
    expect(results.map(({ hate }) => hate)).toEqual([0.03, 0.01, 0.02]);
    expect(hits).toBe(1);
    expect(asked).toEqual(['b', 'aaa', 'cc']);
  });

  it('forgets everything when the model changes', () => {
    const [old, young] = [aScorer(), aScorer()];
    const cache = scoreCache();
    cache.categories(old.scorer, ['a'], ['a']);
    expect(cache.categories(young.scorer, ['a'], ['a']).hits).toBe(0);
    expect(young.asked).toEqual(['a']);
  });
});
