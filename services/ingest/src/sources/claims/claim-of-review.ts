import { createHash } from 'node:crypto';
import { feedDate } from '../feed/feed-date.js';
import type { RawClaim } from '../source.js';
import type { Review } from './claim-review.js';

export interface Article {
  readonly url: string;
  readonly publisher: string;
  readonly language?: string | undefined;
  readonly publishedAt?: Date | undefined;
}

/**
 * A review as a claim of the bank. Its own words on who checked and when go before those of the article.
 *
 * @param id of the claim, unless the same article says the same under an id of before
 */
export function claimOfReview(review: Review, article: Article, id = idOfClaim(article.url, review.claim)): RawClaim {
  const published = feedDate(review.publishedAt ?? '') ?? article.publishedAt;
  return {
    kind: 'claim',
    claimId: `claim:${id}`,
    text: review.claim,
    verdict: review.verdict,
    url: article.url,
    publisher: review.publisher ?? article.publisher,
    ...(article.language === undefined ? {} : { language: article.language }),
    ...(published ? { publishedAt: published } : {}),
    ...(review.media ? { media: review.media } : {}),
  };
}

/** One article says one thing once, from wherever it comes. */
export function idOfClaim(url: string, text: string): string {
  return createHash('sha256').update(`${url}\n${text.trim().toLowerCase()}`).digest('hex').slice(0, 32);
}
