import type { Scored, Scorer } from '@siaga/models';
import type { MatchedClaim } from '@siaga/contracts';
import { guessLanguage, normalisedTokens, type Language } from '@siaga/text';
import { hoaxOf } from './claims/hoax-of.js';
import { looksLikeRumour } from './rumours/looks-like-rumour.js';
import { NO_CLAIMS, type KnownClaims } from './claims/known-claims.js';

/** What is known of a text before anything is decided. */
export interface ReadText {
  readonly language: Language;
  /** Of a hoax: by its style and by the claims that it makes. */
  readonly scores: Scored['scores'];
  /** Debunked claims that it puts forward. */
  readonly claims: readonly MatchedClaim[];
  /** It may be a rumour that nobody has checked. */
  readonly isRumour: boolean;
}

/** A hoax travels in copies: the same text is read once while it is among the latest so many, or twice so many. */
const GENERATION = 25_000;

/** Remembers texts by their SHA-256; a new model, and a new claim, start with an empty memory. */
export interface ScoreCache {
  /**
   * @param hashes SHA-256 of each text, in order
   * @returns one result per text, in order, and how many of them were remembered
   */
  read(
    scorer: Scorer,
    texts: readonly string[],
    hashes: readonly string[],
    known?: KnownClaims,
  ): { results: ReadText[]; hits: number };
}

export function scoreCache(): ScoreCache {
  // Two generations: what is asked for again moves to the younger one, and the older one is dropped whole. A third of the time of a list
  // of latest uses, on a path where most posts are asked for once.
  let young = new Map<string, ReadText>();
  let old = new Map<string, ReadText>();
  let of: Scorer | undefined;
  let generation = 0;
  const remember = (hash: string, known: ReadText): void => {
    if (young.size >= GENERATION) [old, young] = [young, new Map()];
    young.set(hash, known);
  };
  const recall = (hash: string): ReadText | undefined => {
    const known = young.get(hash);
    if (known !== undefined) return known;
    const aged = old.get(hash);
    if (aged !== undefined) remember(hash, aged);
    return aged;
  };
  return {
    read(scorer, texts, hashes, known = NO_CLAIMS) {
      if (of !== scorer || generation !== known.generation) [young, old] = [new Map(), new Map()];
      of = scorer;
      generation = known.generation;
      const flagThreshold = scorer.thresholds.hoax.flag;
      const results = hashes.map(recall);
      const missing: number[] = [];
      results.forEach((known, i) => {
        if (known === undefined) missing.push(i);
      });
      const tokens = missing.map((i) => normalisedTokens(texts[i] as string));
      const scores = scorer.categoriesOfTokens(tokens);
      missing.forEach((i, k) => {
        const words = tokens[k] as string[];
        const byStyle = scores[k] as Scored['scores'];
        const style = { style: byStyle.hoax, flagThreshold };
        const hoax = hoaxOf(texts[i] as string, words, style, known);
        const fresh = {
          language: guessLanguage(words),
          scores: hoax.score === byStyle.hoax ? byStyle : { ...byStyle, hoax: hoax.score },
          claims: hoax.claims,
          isRumour: !hoax.isKnown && looksLikeRumour(words, style),
        };
        results[i] = fresh;
        remember(hashes[i] as string, fresh);
      });
      return { results: results as ReadText[], hits: texts.length - missing.length };
    },
  };
}
