import { createCandidateFinder, findableBy, type Gate } from './candidates.js';
import { PAIR_FEATURES, pairFeatures } from './pair-features.js';
import { readClaim, type ReadClaim } from './read-claim.js';
import { readPost, type Post, type ReadPost } from './read-post.js';
import { createVocabulary, type Term } from './vocabulary.js';
import type { WordWeights } from './word-weights.js';

/** What was found for one post: candidates in order of score, and PAIR_FEATURES of each, row after row. */
export interface Found {
  readonly post: ReadPost;
  readonly claims: readonly ReadClaim[];
  readonly features: Float32Array;
}

/** Claims by their stems: an inverted index that claims join and leave at any time. */
export interface ClaimIndex {
  readonly size: number;
  /** Puts a claim in, in place of the one with the same id. */
  add(claimId: string, text: string): void;
  /** @returns whether there was one */
  remove(claimId: string): boolean;
  /** @returns undefined when no claim passes the gate, as for most posts */
  search(post: Post): Found | undefined;
}

export function createClaimIndex(weights: WordWeights, gate: Gate): ClaimIndex {
  const vocabulary = createVocabulary(weights);
  const slots = new Map<string, number>();
  const claims: (ReadClaim | undefined)[] = [];
  const free: number[] = [];
  const finder = createCandidateFinder();
  let searches = 0;

  const remove = (claimId: string): boolean => {
    const slot = slots.get(claimId);
    if (slot === undefined) return false;
    const claim = claims[slot] as ReadClaim;
    for (const term of findableBy(claim)) term.claims.remove(slot);
    for (const term of claim.distinct) vocabulary.release(term);
    claims[slot] = undefined;
    slots.delete(claimId);
    free.push(slot);
    return true;
  };

  return {
    get size() {
      return slots.size;
    },
    add(claimId, text) {
      remove(claimId);
      const claim = readClaim(claimId, text, vocabulary);
      const slot = free.pop() ?? claims.length;
      claims[slot] = claim;
      slots.set(claimId, slot);
      finder.put(slot, claim, gate);
      for (const term of findableBy(claim)) term.claims.add(slot);
    },
    remove,
    search(post) {
      searches++;
      const terms: Term[] = [];
      let weight = 0;
      for (const token of post.tokens) {
        const term = vocabulary.ofToken(token);
        if (term === null || term.search === searches) continue;
        term.search = searches;
        terms.push(term);
        weight += term.weight;
      }
      if (weight < gate.weight) return undefined;
      const candidates = finder.find(terms, searches, claims, gate);
      if (candidates.length === 0) return undefined;
      const read = readPost(post, vocabulary, weights);
      const features = new Float32Array(candidates.length * PAIR_FEATURES.length);
      candidates.forEach((candidate, i) => pairFeatures(read, candidate, features, i * PAIR_FEATURES.length));
      return { post: read, claims: candidates.map(({ claim }) => claim), features };
    },
  };
}
