import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { outboundClient, retryAfterMs, TransientError, type Logger, type OutboundClient } from '@siaga/runtime';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { entryOf, Platform, WebUrl } from '../../registry/fields.js';
import { feedItems, type FeedItem } from './feed-items.js';
import type { Source, SourceBatch, SourceContext, SourceEvent } from '../source.js';
import { USER_AGENT } from '../user-agent.js';

export const FeedEntry = entryOf('feed', {
  url: WebUrl,
  /** The host of the address unless given. */
  platform: Type.Optional(Platform),
  pollSeconds: Type.Optional(Type.Number({ minimum: 1 })),
});

interface FeedSourceOptions {
  readonly name: string;
  readonly url: string;
  readonly platform: string;
  readonly pollMs: number;
  readonly allowPrivateAddresses: boolean;
  readonly log: Logger;
}

const DEFAULT_POLL_SECONDS = 300;
const TIMEOUT_MS = 15_000;
const MAX_FEED_BYTES = 8 * 1024 * 1024;
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

/** Follows an RSS, Atom, RDF or JSON feed with conditional GET; it never ends. */
export function feedSource(entry: Static<typeof FeedEntry>, { log, allowPrivateAddresses }: SourceContext): Source {
  const { name, url, platform = new URL(url).hostname.toLowerCase(), pollSeconds = DEFAULT_POLL_SECONDS } = entry;
  const options = { name, url, platform, pollMs: pollSeconds * 1000, log, allowPrivateAddresses };
  return { open: (cursor, signal) => follow(options, cursor, signal) };
}

async function* follow(options: FeedSourceOptions, saved: unknown, signal: AbortSignal): AsyncGenerator<SourceBatch> {
  const client = outboundClient({
    allowPrivateAddresses: options.allowPrivateAddresses,
    userAgent: USER_AGENT,
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: MAX_FEED_BYTES,
  });
  let cursor: FeedCursor = Cursor.Check(saved) ? saved : { seen: [] };
  try {
    while (!signal.aborted) {
      const fetched = await fetchFeed(client, options.url, cursor, signal);
      if (fetched) {
        const known = new Set(cursor.seen);
        const fresh = feedItems(fetched.body, fetched).filter((item) => !known.has(idOf(item)));
        const seen = [...cursor.seen, ...fresh.map(idOf)].slice(-REMEMBERED);
        cursor = { ...fetched.validators, seen };
        // Oldest first, as they were published.
        yield { events: fresh.reverse().map((item) => eventOf(item, options)), cursor };
        options.log.info({ source: options.name, items: fresh.length }, 'feed read');
      }
      await wait(options.pollMs, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await client.close();
  }
}

/** @returns undefined when the feed has not changed */
async function fetchFeed(client: OutboundClient, url: string, { etag, lastModified }: FeedCursor, signal: AbortSignal) {
  const response = await client.request(url, {
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

/** Ids of items are free text, and may be missing: a hash of the best there is fits everywhere. */
function idOf(item: FeedItem): string {
  const identity = item.id ?? item.url ?? item.text;
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}

function eventOf(item: FeedItem, { platform }: FeedSourceOptions): SourceEvent {
  const nativeId = idOf(item);
  return {
    position: nativeId,
    raw: Buffer.from(JSON.stringify(item)),
    content: { kind: 'post', ...item, platform, nativeId },
  };
}
