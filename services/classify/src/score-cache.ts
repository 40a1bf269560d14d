import type { Scored, Scorer } from '@siaga/models';
import { guessLanguage, normalisedTokens, type Language } from '@siaga/text';
import { LRUCache } from 'lru-cache';

/** What is known of a text before anything is decided. */
export interface ReadText {
  readonly language: Language;
  readonly scores: Scored['scores'];
}

/** A hoax travels in copies: the same text is read once while it is among the latest so many. */
const MAX_TEXTS = 50_000;

/** Remembers texts by their SHA-256; a new model starts with an empty memory. */
export interface ScoreCache {
  /**
   * @param hashes SHA-256 of each text, in order
   * @returns one result per text, in order, and how many of them were remembered
   */
  read(scorer: Scorer, texts: readonly string[], hashes: readonly string[]): { results: ReadText[]; hits: number };
}

export function scoreCache(): ScoreCache {
  const memory = new LRUCache<string, ReadText>({ max: MAX_TEXTS });
  let of: Scorer | undefined;
  return {
    read(scorer, texts, hashes) {
      if (of !== scorer) memory.clear();
      of = scorer;
      const results = hashes.map((hash) => memory.get(hash));
      const missing: number[] = [];
      results.forEach((known, i) => {
        if (known === undefined) missing.push(i);
      });
      const tokens = missing.map((i) => normalisedTokens(texts[i] as string));
      const scores = scorer.categoriesOfTokens(tokens);
      missing.forEach((i, k) => {
        const fresh = {
          language: guessLanguage(tokens[k] as string[]),
          scores: scores[k] as Scored['scores'],
        };
        results[i] = fresh;
        memory.set(hashes[i] as string, fresh);
      });
      return { results: results as ReadText[], hits: texts.length - missing.length };
    },
  };
}
