import { bucketOfStem, normalisedTokens, stemsOf } from '@siaga/text';
import type { WordWeights } from '../../src/claims/word-weights.js';

const BITS = 16;
/** A stem that is frequent among claims weighs at most so much more than there, however rare it is elsewhere. */
const ABOVE_CLAIMS = 1.5;

/**
 * Inverse document frequency of stems, in nats, the lower of two: among texts of all kinds, and among claims and ABOVE_CLAIMS. "video" and
 * "tautan" are rare in chat and say nothing of a claim.
 */
export function countWords(claims: readonly string[], others: readonly string[]): WordWeights {
  const ofClaims = documentFrequency(claims);
  const ofOthers = documentFrequency(others);
  const all = claims.length + others.length;
  const weights = ofClaims.map((count, bucket) =>
    Math.min(inverse(claims.length, count) + ABOVE_CLAIMS, inverse(all, count + (ofOthers[bucket] as number))),
  );
  const scale = weights.reduce((most, weight) => Math.max(most, weight), 0) / 255;
  return { bits: BITS, scale, table: Uint8Array.from(weights, (weight) => Math.max(1, Math.round(weight / scale))) };
}

function documentFrequency(texts: readonly string[]): Float64Array {
  const counts = new Float64Array(2 ** BITS);
  for (const text of texts) {
    const buckets = new Set(stemsOf(normalisedTokens(text)).map((stem) => bucketOfStem(stem, BITS)));
    for (const bucket of buckets) counts[bucket]!++;
  }
  return counts;
}

/** As in BM25 (Robertson and Zaragoza 2009), the form that is never negative. */
const inverse = (documents: number, count: number): number => Math.log1p((documents - count + 0.5) / (count + 0.5));
