import { parse } from 'csv-parse/sync';
import { feedDate } from '../sources/feed/feed-date.js';
import { claimOfReview } from '../sources/claims/claim-of-review.js';
import { claimReviews } from '../sources/claims/claim-review.js';
import { reviewsOfDataFeed } from '../sources/claims/data-feed.js';
import type { RawClaim } from '../sources/source.js';

/** Where a file does not say it. */
export interface ClaimDefaults {
  readonly publisher: string;
  readonly language?: string | undefined;
  /** Address of the page, when it is one. */
  readonly url?: string | undefined;
}

/** A row of a file: a claim, or what is wrong with it. */
export type ClaimRow = RawClaim | { readonly kind: 'fault'; readonly where: string; readonly detail: string };

const MAX_RECORD = 100_000;
const NEEDED = ['text', 'verdict', 'url'] as const;

/**
 * Claims of a CSV file (a header with text, verdict and url, and optionally publisher, published_at, language, id), of a
 * schema.org DataFeed, or of a page with ClaimReview.
 *
 * @throws Error for a file that is none of these
 */
export function claimRows(body: Buffer, defaults: ClaimDefaults): ClaimRow[] {
  const reviews = reviewsOfDataFeed(body);
  if (reviews) return reviews.map((review) => claimOfReview(review, { ...defaults, url: review.url }));
  const text = body.toString('utf8');
  if (/^\s*</.test(text)) {
    const { url } = defaults;
    if (url === undefined) throw new Error('a page needs the address it was published at: --url URL');
    return claimReviews(text).map((review) => claimOfReview(review, { ...defaults, url }));
  }
  return csvRows(text, defaults);
}

function csvRows(text: string, defaults: ClaimDefaults): ClaimRow[] {
  const rows = parse(text, {
    bom: true,
    columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: MAX_RECORD,
  }) as unknown as { record: Readonly<Record<string, string>>; info: { lines: number } }[];
  return rows.map(({ record, info: { lines } }) => {
    const fault = (detail: string) => ({ kind: 'fault', where: `line ${lines}`, detail }) as const;
    const missing = NEEDED.filter((name) => !record[name]);
    if (missing.length > 0) return fault(`has no ${missing.join(', no ')}`);
    const { text: claim = '', verdict = '', url = '', publisher, language, id, published_at: published } = record;
    const publishedAt = published ? feedDate(published) : undefined;
    if (published && !publishedAt) return fault(`published_at "${published.slice(0, 40)}" is no date`);
    return claimOfReview(
      { claim, verdict },
      { url, publisher: publisher || defaults.publisher, language: language || defaults.language, publishedAt },
      id || undefined,
    );
  });
}
