import { normalisedTokens, numbersOf, stemsOf } from '@siaga/text';
import type { Term, Vocabulary } from './vocabulary.js';

/** Stems of a claim that are looked at: a claim is a sentence, whatever a feed puts there. */
const MOST_STEMS = 64;
/** Stems of a claim of ordinary length, and how far its length counts, as in BM25. */
const USUAL_STEMS = 7.5;
const LENGTH_SHARE = 0.45;

/** A claim as matching sees it. */
export interface ReadClaim {
  readonly claimId: string;
  /** In order, repeats and all. */
  readonly terms: readonly Term[];
  /** The heaviest first. */
  readonly distinct: readonly Term[];
  /** Sum of the weights of its distinct terms. */
  readonly weight: number;
  /** What the weight shared with a post is multiplied by, so that long claims do not win by length alone. */
  readonly shrink: number;
  readonly numbers: readonly string[];
}

/** Holds the claim's terms in the vocabulary, once each. */
export function readClaim(claimId: string, text: string, vocabulary: Vocabulary): ReadClaim {
  const stems = stemsOf(normalisedTokens(text)).slice(0, MOST_STEMS);
  const held = new Map([...new Set(stems)].map((stem) => [stem, vocabulary.hold(stem)]));
  const distinct = [...held.values()].sort((a, b) => b.weight - a.weight);
  return {
    claimId,
    terms: stems.map((stem) => held.get(stem) as Term),
    distinct,
    weight: distinct.reduce((sum, term) => sum + term.weight, 0),
    shrink: 1 / (1 - LENGTH_SHARE + (LENGTH_SHARE * stems.length) / USUAL_STEMS),
    numbers: [...numbersOf(text)],
  };
}
