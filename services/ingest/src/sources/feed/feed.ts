import Type, { type Static } from 'typebox';
import { entryOf, Language, Platform, Rate, WebUrl } from '../../registry/fields.js';
import type { Source, SourceContext, SourceEvent } from '../source.js';
import type { FeedItem } from './feed-items.js';
import { followFeed, idOfItem } from './follow-feed.js';

export const FeedEntry = entryOf('feed', {
  url: WebUrl,
  /** The host of the address unless given. */
  platform: Type.Optional(Platform),
  language: Type.Optional(Language),
  pollSeconds: Type.Optional(Type.Number({ minimum: 1 })),
  rate: Type.Optional(Rate),
});

/** The items of a feed as posts. */
export function feedSource(entry: Static<typeof FeedEntry>, context: SourceContext): Source {
  const { platform = new URL(entry.url).hostname.toLowerCase(), language } = entry;
  const told = language === undefined ? {} : { language };
  const eventsOf = (item: FeedItem): SourceEvent[] => {
    const nativeId = idOfItem(item);
    const raw = Buffer.from(JSON.stringify(item));
    return [{ position: nativeId, raw, content: { kind: 'post', ...item, ...told, platform, nativeId } }];
  };
  return { open: (cursor, signal) => followFeed({ ...entry, eventsOf }, cursor, { ...context, signal }) };
}
