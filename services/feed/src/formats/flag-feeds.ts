import { generateAtomFeed } from 'feedsmith';
import Type, { type Static } from 'typebox';
import { Instant } from '../fields.js';
import { FlagItem } from '../flag-item.js';
import { harmlessText } from './harmless.js';

export interface FeedPage {
  readonly items: readonly FlagItem[];
  /** Of this page, and of the one after it where there is one. */
  readonly self: string;
  readonly next: string | null;
  /** When not given, those of all flags. */
  readonly title?: string;
  readonly id?: string;
}

const TITLE = 'Siaga: flags';
const HEADLINE_LENGTH = 80;
/** Of an empty feed, so that it does not change by itself. */
const BEGINNING = new Date(0);

/** When a flag last changed: its text goes when its author takes the post down. */
export function changedAt({ recordedAt, post }: FlagItem): Date {
  return new Date(post.removedAt ?? recordedAt);
}

export const latestChangeOf = (items: readonly FlagItem[]): Date =>
  items.reduce((latest, item) => (changedAt(item) > latest ? changedAt(item) : latest), BEGINNING);

/** Posts are written by attackers: their links are shown only where a reader may follow them. */
const isWebLink = (url: string | null): url is string => url !== null && /^https?:\/\/[^\s]+$/i.test(url);

const headline = ({ category, score, post }: FlagItem): string => {
  const text = harmlessText(post.text.slice(0, HEADLINE_LENGTH)).replace(/\s+/g, ' ').trim();
  return `${category} ${score.toFixed(2)}: ${text || '(text removed)'}`;
};

/** Atom (RFC 4287), its pages linked as in RFC 5005. The text is text: no reader takes it for HTML. */
export function atomOf({ items, self, next, title = TITLE, id = self }: FeedPage): string {
  return generateAtomFeed({
    id,
    title: { value: harmlessText(title), type: 'text' },
    updated: latestChangeOf(items),
    authors: [{ name: 'Siaga' }],
    links: [{ rel: 'self', href: self }, ...(next === null ? [] : [{ rel: 'next', href: next }])],
    entries: items.map((item) => ({
      id: entryId(item),
      title: { value: headline(item), type: 'text' },
      updated: changedAt(item),
      published: new Date(item.recordedAt),
      categories: [{ term: item.category }, { term: item.post.platform }],
      content: { value: harmlessText(item.post.text), type: 'text' },
      ...(isWebLink(item.post.url) && { links: [{ rel: 'alternate', href: harmlessText(item.post.url) }] }),
    })),
  });
}

/** https://www.jsonfeed.org/version/1.1/ */
export const JsonFeed = Type.Object({
  version: Type.Literal('https://jsonfeed.org/version/1.1'),
  title: Type.String(),
  feed_url: Type.String(),
  next_url: Type.Optional(Type.String()),
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      content_text: Type.String(),
      date_published: Instant,
      date_modified: Instant,
      tags: Type.Array(Type.String()),
      language: Type.Optional(Type.String()),
      url: Type.Optional(Type.String()),
      _siaga: FlagItem,
    }),
  ),
});

/** JSON Feed 1.1, with the whole flag under `_siaga`. */
export function jsonFeedOf({ items, self, next, title = TITLE }: FeedPage): Static<typeof JsonFeed> {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: harmlessText(title),
    feed_url: self,
    ...(next !== null && { next_url: next }),
    items: items.map((item) => ({
      id: entryId(item),
      title: headline(item),
      content_text: harmlessText(item.post.text),
      date_published: item.recordedAt,
      date_modified: changedAt(item).toISOString(),
      tags: [item.category, item.post.platform],
      ...(item.post.language !== null && { language: item.post.language }),
      ...(isWebLink(item.post.url) && { url: item.post.url }),
      _siaga: item,
    })),
  };
}

/** An identifier may hold anything that is printed; a URN may not. */
const entryId = ({ flagId }: FlagItem): string => `urn:siaga:flag:${encodeURIComponent(flagId)}`;
