import type { SourceContext, Source, SourceEvent } from '../source.js';
import Type, { type Static } from 'typebox';
import { entryOf, Language, Rate, WebUrl } from '../../registry/fields.js';
import { feedDate } from '../feed/feed-date.js';
import { followFeed, idOfItem } from '../feed/follow-feed.js';
import type { FeedItem } from '../feed/feed-items.js';
import { claimReviews, reviewInTitle, type Review } from './claim-review.js';

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

/** Each new article is read for its schema.org ClaimReview; one without says its verdict in its title, or is passed over. */
export function claimsSource(entry: Static<typeof ClaimsEntry>, context: SourceContext): Source {
  const { publisher = new URL(entry.url).hostname.toLowerCase(), language } = entry;
  const events = async (item: FeedItem, signal: AbortSignal): Promise<SourceEvent[]> => {
    const reviews = item.url === undefined ? [] : await reviewsAt(item.url, context, signal);
    const found = reviews.length > 0 ? reviews : [reviewInTitle(item.text.split('\n')[0] ?? '')];
    return found.flatMap((review, i) => {
      if (!review || item.url === undefined) return [];
      const id = idOfItem(item);
      const position = i === 0 ? id : `${id}-${i}`;
      const raw = Buffer.from(JSON.stringify({ ...item, review }));
      return [{ position, raw, content: claimOf(review, { id: position, url: item.url, publisher, language, item }) }];
    });
  };
  return { open: (cursor, signal) => followFeed({ ...entry, eventsOf: events }, cursor, { ...context, signal }) };
}

function claimOf(
  { claim, verdict, publishedAt, ...review }: Review,
  from: { id: string; url: string; publisher: string; language: string | undefined; item: FeedItem },
) {
  const published = feedDate(publishedAt ?? '') ?? from.item.createdAt;
  return {
    kind: 'claim',
    claimId: `claim:${from.id}`,
    text: claim,
    verdict,
    url: from.url,
    publisher: review.publisher ?? from.publisher,
    ...(from.language === undefined ? {} : { language: from.language }),
    ...(published ? { publishedAt: published } : {}),
  } as const;
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
