import { plainText } from '../plain-text.js';
import { feedDate } from './feed-date.js';
import { readFeed } from './read-feed.js';
import type { RawItem } from './xml-feed.js';

/** An item of a feed, whatever its format. */
export interface FeedItem {
  readonly id?: string;
  readonly url?: string;
  readonly author?: string;
  readonly createdAt?: Date;
  /** Title and body as plain text. */
  readonly text: string;
}

/**
 * @param from address of the feed, against which its links are read
 * @returns its items in the order of the feed; one without any text is left out
 * @throws Error when it is no feed
 */
export function feedItems(body: Uint8Array, from: { readonly url: string; readonly contentType?: string }): FeedItem[] {
  const items = readFeed(body, from.contentType);
  if (!items) {
    throw new Error('the address does not give RSS, Atom, RDF or JSON Feed: look for the address of its feed');
  }
  return items.flatMap((item) => itemOf(item, from.url));
}

function itemOf({ id, url, author, date, title, body }: RawItem, base: string): FeedItem[] {
  const [heading, content] = [plain(title), plain(body)];
  // Many feeds repeat the title at the head of the body.
  const text = content.startsWith(heading) ? content : [heading, content].filter(Boolean).join('\n');
  if (text === '') return [];
  const createdAt = date === undefined ? undefined : feedDate(date);
  const address = webAddress(url, base);
  return [
    {
      text,
      ...(id ? { id } : {}),
      ...(address ? { url: address } : {}),
      ...(author ? { author } : {}),
      ...(createdAt ? { createdAt } : {}),
    },
  ];
}

const plain = (html: string | undefined): string => (html === undefined ? '' : plainText(html));

function webAddress(url: string | undefined, base: string): string | undefined {
  if (url === undefined || !URL.canParse(url, base)) return undefined;
  const { href, protocol } = new URL(url, base);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
