import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { retryAfterMs, TransientError } from '@siaga/runtime';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { latestTime } from '../latest-time.js';
import type { SourceBatch, SourceContext, SourceEvent } from '../source.js';
import { feedItems, type FeedItem } from './feed-items.js';

export interface FollowedFeed {
  readonly name: string;
  readonly url: string;
  readonly pollSeconds?: number;
  /** Reads what is no feed in the usual forms; undefined for what is. */
  readonly itemsOf?: (body: Buffer) => FeedItem[] | undefined;
  /** What an item that has not been seen before brings. */
  readonly eventsOf: (item: FeedItem, signal: AbortSignal) => Promise<SourceEvent[]> | SourceEvent[];
}

const DEFAULT_POLL_SECONDS = 300;
const MAX_REDIRECTS = 5;
/** How many item ids are remembered, so that an item is posted once although every poll brings it again. */
const REMEMBERED = 2_000;

const FeedCursor = Type.Object({
  etag: Type.Optional(Type.String()),
  lastModified: Type.Optional(Type.String()),
  seen: Type.Array(Type.String(), { maxItems: REMEMBERED }),
});
type FeedCursor = Static<typeof FeedCursor>;
const Cursor = Compile(FeedCursor);

/** Follows an RSS, Atom, RDF or JSON feed with conditional GET, as far as robots may read it; it never ends. */
export async function* followFeed(
  { name, url, pollSeconds = DEFAULT_POLL_SECONDS, itemsOf, eventsOf }: FollowedFeed,
  saved: unknown,
  { web, robots, log, signal }: Pick<SourceContext, 'web' | 'robots' | 'log'> & { readonly signal: AbortSignal },
): AsyncGenerator<SourceBatch> {
  let cursor: FeedCursor = Cursor.Check(saved) ? saved : { seen: [] };
  await robots.check(url, signal);
  while (!signal.aborted) {
    const fetched = await fetchFeed(web, url, cursor, signal);
    if (fetched) {
      const known = new Set(cursor.seen);
      // As many as can be remembered, the newest: what is forgotten while the feed still has it would come again and again.
      const items = (itemsOf?.(fetched.body) ?? feedItems(fetched.body, fetched)).slice(0, REMEMBERED);
      const fresh = items.filter((item) => !known.has(idOfItem(item)));
      const shown = new Set(items.map(idOfItem));
      const seen = [...cursor.seen.filter((id) => !shown.has(id)), ...shown].slice(-REMEMBERED);
      cursor = { ...fetched.validators, seen };
      const events: SourceEvent[] = [];
      // Oldest first, as they were published.
      for (const item of fresh.toReversed()) events.push(...(await eventsOf(item, signal)));
      yield { events, cursor, bytes: fetched.body.length, ...latestTime(events) };
      log.info({ source: name, items: fresh.length }, 'feed read');
    }
    await wait(pollSeconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}

/** Ids of items are free text, and may be missing: a hash of the best there is fits everywhere. */
export function idOfItem(item: FeedItem): string {
  const identity = item.id ?? item.url ?? item.text;
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}

/** @returns undefined when the feed has not changed */
async function fetchFeed(
  web: SourceContext['web'],
  url: string,
  { etag, lastModified }: FeedCursor,
  signal: AbortSignal,
) {
  const response = await web.request(url, {
    signal,
    redirects: MAX_REDIRECTS,
    headers: {
      accept: 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
      ...(etag ? { 'if-none-match': etag } : {}),
      ...(lastModified ? { 'if-modified-since': lastModified } : {}),
    },
  });
  if (response.status === 304) return undefined;
  if (response.status !== 200) {
    const asked = retryAfterMs(response.header);
    const retryAfter = asked === undefined ? {} : { retryAfterMs: asked };
    throw new TransientError(`the feed answered HTTP ${response.status}`, retryAfter);
  }
  const [newEtag, newLastModified] = [response.header('etag'), response.header('last-modified')];
  return {
    body: response.body,
    url,
    contentType: response.header('content-type') ?? '',
    validators: {
      ...(newEtag ? { etag: newEtag } : {}),
      ...(newLastModified ? { lastModified: newLastModified } : {}),
    },
  };
}
