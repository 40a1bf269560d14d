import type { ReadClaim } from './read-claim.js';
import type { ReadPost } from './read-post.js';

const MOST_SPANS = 5;
/** Shared words with so many others between them are still one span. */
const GAP = 1;
const LONGEST = 200;

/**
 * Where a post says what a claim says: runs of its normalised words from one shared word to the next, the weightiest first, at most
 * five of at most 200 characters.
 */
export function matchingSpans(post: ReadPost, claim: ReadClaim): string[] {
  const wanted = new Set(claim.distinct);
  const spans: { from: number; to: number; weight: number }[] = [];
  post.terms.forEach((term, place) => {
    if (term === null || !wanted.has(term)) return;
    const last = spans.at(-1);
    if (last !== undefined && place - last.to <= 1 + GAP) {
      last.to = place;
      last.weight += term.weight;
    } else spans.push({ from: place, to: place, weight: term.weight });
  });
  const texts = spans
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ from, to }) =>
      post.words
        .slice(from, to + 1)
        .join(' ')
        .slice(0, LONGEST),
    );
  return [...new Set(texts)].slice(0, MOST_SPANS);
}
