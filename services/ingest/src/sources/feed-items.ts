import { parseFeed } from 'feedsmith';
import { plainText } from './plain-text.js';

/** An item of a feed, whatever its format. */
export interface FeedItem {
  readonly id?: string;
  readonly url?: string;
  readonly author?: string;
  readonly createdAt?: Date;
  /** Title and body as plain text. */
  readonly text: string;
}

const MAX_ITEMS = 1_000;

/**
 * @param text RSS 0.9x/1.0/2.0, Atom or JSON Feed
 * @returns its items in the order of the feed; one that cannot be understood at all is left out
 * @throws when the text is no feed
 */
export function feedItems(text: string): FeedItem[] {
  const { format, feed } = parseFeed(text);
  switch (format) {
    case 'rss':
      return collect(feed.items, (item) => ({
        id: item.guid?.value,
        url: item.link,
        author: nameOf(item.authors?.[0]) ?? item.dc?.creators?.[0],
        date: item.pubDate ?? item.dc?.dates?.[0],
        title: item.title,
        body: item.content?.encoded ?? item.description,
      }));
    case 'rdf':
      return collect(feed.items, (item) => ({
        id: item.rdf?.about,
        url: item.link,
        author: item.dc?.creators?.[0],
        date: item.dc?.dates?.[0],
        title: item.title,
        body: item.content?.encoded ?? item.description,
      }));
    case 'atom':
      return collect(feed.entries, (entry) => ({
        id: entry.id,
        url: (entry.links?.find(({ rel }) => !rel || rel === 'alternate') ?? entry.links?.[0])?.href,
        author: entry.authors?.[0]?.name,
        date: entry.published ?? entry.updated,
        title: textOf(entry.title),
        body: textOf(entry.content) ?? textOf(entry.summary),
      }));
    case 'json':
      return collect(feed.items, (item) => ({
        id: item.id,
        url: item.url,
        author: item.authors?.[0]?.name,
        date: item.date_published ?? item.date_modified,
        title: item.title,
        body: item.content_html,
        plainBody: item.content_text ?? item.summary,
      }));
  }
}

interface Parts {
  readonly id: string | undefined;
  readonly url: string | undefined;
  readonly author: string | undefined;
  readonly date: string | undefined;
  readonly title: string | undefined;
  /** HTML. */
  readonly body: string | undefined;
  readonly plainBody?: string | undefined;
}

function collect<T>(items: readonly T[] | undefined, partsOf: (item: T) => Parts): FeedItem[] {
  return (items ?? []).slice(0, MAX_ITEMS).flatMap((item) => {
    const { id, url, author, date, title, body, plainBody } = partsOf(item);
    const [heading, content] = [plain(title), plain(body) || (plainBody ?? '').trim()];
    // Many feeds repeat the title at the head of the body.
    const text = content.startsWith(heading) ? content : [heading, content].filter(Boolean).join('\n');
    if (text === '') return [];
    const createdAt = date ? new Date(date) : undefined;
    return [
      {
        text,
        ...(id ? { id } : {}),
        ...(isWebAddress(url) ? { url } : {}),
        ...(author ? { author } : {}),
        ...(createdAt && !Number.isNaN(createdAt.getTime()) ? { createdAt } : {}),
      },
    ];
  });
}

/** Atom's text constructs are objects, or plain strings in sloppy feeds. */
function textOf(construct: unknown): string | undefined {
  if (typeof construct === 'string') return construct;
  const value = (construct as { value?: unknown } | undefined)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** RSS writes a person as a string, a stricter parser as an object. */
function nameOf(person: unknown): string | undefined {
  const name = typeof person === 'object' && person !== null ? (person as { name?: unknown }).name : person;
  return typeof name === 'string' ? name : undefined;
}

const plain = (html: string | undefined): string => (html === undefined ? '' : plainText(html));

const isWebAddress = (url: string | undefined): url is string => url !== undefined && /^https?:\/\/\S+$/.test(url);
