import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { decodeText } from './decode-text.js';
import { readXmlFeed, type RawItem } from './xml-feed.js';

const Text = Type.Optional(Type.Unknown());
const JsonFeed = Compile(
  Type.Object({
    version: Type.String({ pattern: '^https?://jsonfeed\\.org/version/' }),
    items: Type.Array(
      Type.Object({
        ...{ id: Text, url: Text, title: Text, content_html: Text, content_text: Text, summary: Text },
        ...{ date_published: Text, date_modified: Text },
        authors: Type.Optional(Type.Array(Type.Object({ name: Text }))),
        author: Type.Optional(Type.Object({ name: Text })),
      }),
    ),
  }),
);

/**
 * @param body RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0 or JSON Feed, in any encoding that it or `contentType` names
 * @returns its items in the order of the feed, undefined when it is no feed
 */
export function readFeed(body: Uint8Array, contentType = ''): RawItem[] | undefined {
  const text = decodeText(body, contentType);
  return /^\s*\{/.test(text) ? readJsonFeed(text) : readXmlFeed(text);
}

function readJsonFeed(text: string): RawItem[] | undefined {
  let feed: unknown;
  try {
    feed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!JsonFeed.Check(feed)) return undefined;
  return feed.items.map((item) => {
    const plain = stringOf(item.content_text) ?? stringOf(item.summary);
    return fieldsOf({
      id: typeof item.id === 'number' ? String(item.id) : item.id,
      url: item.url,
      title: item.title,
      author: item.authors?.[0]?.name ?? item.author?.name,
      date: item.date_published ?? item.date_modified,
      body: stringOf(item.content_html) ?? plain?.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\n/g, '<br>'),
    });
  });
}

const stringOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function fieldsOf(fields: { [F in keyof RawItem]: unknown }): RawItem {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => stringOf(value) !== undefined)) as RawItem;
}
