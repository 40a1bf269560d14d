import { createClaimIndex } from './claim-index.js';
import { pairLogit, probability } from './claim-head.js';
import type { ClaimMatcher } from './load-claim-matcher.js';
import { matchingSpans } from './matching-spans.js';
import { PAIR_FEATURES } from './pair-features.js';
import type { Post } from './read-post.js';

export interface ClaimMatch {
  readonly claimId: string;
  /** Calibrated, that the post makes this claim. */
  readonly probability: number;
  /** See matchingSpans. */
  readonly spans: readonly string[];
}

/** Known claims in memory. Synchronous; one per thread of work. */
export interface ClaimBank {
  readonly size: number;
  /** Puts a claim in, in place of the one with the same id. */
  add(claim: { readonly claimId: string; readonly text: string }): void;
  /** @returns whether it was there */
  remove(claimId: string): boolean;
  /** The claims that a post makes, the likeliest first, at most five; none for most posts. Never throws for a text. */
  match(post: Post): ClaimMatch[];
}

const MOST_MATCHES = 5;

export function createClaimBank({ words, head, gate, threshold }: ClaimMatcher): ClaimBank {
  const index = createClaimIndex(words, gate);
  return {
    get size() {
      return index.size;
    },
    add: ({ claimId, text }) => index.add(claimId, text),
    remove: index.remove,
    match(post) {
      const found = index.search(post);
      if (found === undefined) return [];
      return found.claims
        .map((claim, i) => ({ claim, p: probability(pairLogit(head, found.features, i * PAIR_FEATURES.length)) }))
        .filter(({ p }) => p >= threshold)
        .sort((a, b) => b.p - a.p)
        .slice(0, MOST_MATCHES)
        .map(({ claim, p }) => ({
          claimId: claim.claimId,
          probability: Math.round(p * 1e6) / 1e6,
          spans: matchingSpans(found.post, claim),
        }));
    },
  };
}
