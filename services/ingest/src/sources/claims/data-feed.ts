import { reviewsIn, type Review } from './claim-review.js';

/** More than any fact-checker has published. */
const MAX_REVIEWS = 200_000;

/** A review that says at which address it was published. */
export type PublishedReview = Review & { readonly url: string };

/** @returns the reviews of a schema.org/DataFeed, or of other JSON-LD, that have an address; undefined for what is no JSON */
export function reviewsOfDataFeed(body: Uint8Array): PublishedReview[] | undefined {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8').trimStart();
  if (!/^[{[]/.test(text)) return undefined;
  try {
    return reviewsIn(JSON.parse(text), MAX_REVIEWS).filter(hasAddress);
  } catch {
    return undefined;
  }
}

const hasAddress = (review: Review): review is PublishedReview => /^https?:\/\/\S{1,2000}$/.test(review.url ?? '');
