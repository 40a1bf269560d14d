import type { SourceContext, Source, SourceEvent } from '../source.js';
import Type, { type Static } from 'typebox';
import { entryOf, Language, Rate, WebUrl } from '../../registry/fields.js';
import { followFeed, idOfItem } from '../feed/follow-feed.js';
import type { FeedItem } from '../feed/feed-items.js';
import { claimOfReview, idOfClaim } from './claim-of-review.js';
import { claimReviews, reviewInTitle, type Review } from './claim-review.js';
import { reviewsOfDataFeed } from './data-feed.js';

/** The feed of a fact-checker, whose articles become claims on `siaga.claims`. */
export const ClaimsEntry = entryOf('claims', {
  url: WebUrl,
  /** Who checked, where an article does not say; the host of the address unless given. */
  publisher: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  language: Type.Optional(Language),
  pollSeconds: Type.Optional(Type.Number({ minimum: 1 })),
  rate: Type.Optional(Rate),
});

const MAX_REDIRECTS = 5;

/**
 * Each new article is read for its schema.org ClaimReview; one without says its verdict in its title, or is passed over. Where
 * the address gives a schema.org DataFeed of reviews, they are taken as they are.
 */
export function claimsSource(entry: Static<typeof ClaimsEntry>, context: SourceContext): Source {
  const { publisher = new URL(entry.url).hostname.toLowerCase(), language } = entry;
  const events = async (item: ReviewedItem, signal: AbortSignal): Promise<SourceEvent[]> => {
    const { url } = item;
    if (url === undefined) return [];
    const reviews = item.review ? [item.review] : await reviewsAt(url, context, signal);
    const found = reviews.length > 0 ? reviews : [reviewInTitle(item.text.split('\n')[0] ?? '')];
    const article = { url, publisher, language, publishedAt: item.createdAt };
    return found.flatMap((review, i) => {
      if (!review) return [];
      const id = idOfItem(item);
      const position = i === 0 ? id : `${id}-${i}`;
      const raw = Buffer.from(JSON.stringify({ ...item, review }));
      return [{ position, raw, content: claimOfReview(review, article, position) }];
    });
  };
  const feed = { ...entry, itemsOf: reviewedItems, eventsOf: events };
  return { open: (cursor, signal) => followFeed(feed, cursor, { ...context, signal }) };
}

/** An item of a data feed brings its review along. */
interface ReviewedItem extends FeedItem {
  readonly review?: Review;
}

function reviewedItems(body: Buffer): ReviewedItem[] | undefined {
  const reviews = reviewsOfDataFeed(body);
  // A JSON Feed is JSON too, and holds none.
  return reviews?.length
    ? reviews.map((review) => ({
        id: idOfClaim(review.url, review.claim),
        url: review.url,
        text: review.claim,
        review,
      }))
    : undefined;
}

/** An article that is gone, or that robots may not read, still has its title. */
async function reviewsAt(url: string, { web, robots, log }: SourceContext, signal: AbortSignal): Promise<Review[]> {
  try {
    await robots.check(url, signal);
    const { status, body } = await web.request(url, {
      redirects: MAX_REDIRECTS,
      signal,
      headers: { accept: 'text/html' },
    });
    return status === 200 ? claimReviews(body.toString('utf8')) : [];
  } catch (err) {
    if (signal.aborted) throw err;
    log.info({ err, url }, 'article not read, going by its title');
    return [];
  }
}
