import type { Scored, Scorer } from '@siaga/models';
import { LRUCache } from 'lru-cache';

type Scores = Scored['scores'];

/** A hoax travels in copies: the same text is scored once while it is among the latest so many. */
const MAX_TEXTS = 50_000;

/** Scores of a model that remembers texts by their SHA-256; a new model starts with an empty memory. */
export interface ScoreCache {
  /**
   * @param hashes SHA-256 of each text, in order
   * @returns one result per text, in order, and how many of them were remembered
   */
  categories(scorer: Scorer, texts: readonly string[], hashes: readonly string[]): { results: Scores[]; hits: number };
}

export function scoreCache(): ScoreCache {
  const memory = new LRUCache<string, Scores>({ max: MAX_TEXTS });
  let of: Scorer | undefined;
  return {
    categories(scorer, texts, hashes) {
      if (of !== scorer) memory.clear();
      of = scorer;
      const results = hashes.map((hash) => memory.get(hash));
      const missing: number[] = [];
      results.forEach((scores, i) => {
        if (scores === undefined) missing.push(i);
      });
      const fresh = scorer.categories(missing.map((i) => texts[i] as string));
      missing.forEach((i, k) => {
        const scores = fresh[k] as Scores;
        results[i] = scores;
        memory.set(hashes[i] as string, scores);
      });
      return { results: results as Scores[], hits: texts.length - missing.length };
    },
  };
}
