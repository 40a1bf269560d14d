import { commitFrame } from './sources/bluesky/commit-frame.fixture.js';
import { FIREHOSE, JETSTREAM, streamDouble } from './sources/bluesky/stream-double.fixture.js';
import { feedDouble } from './sources/feed/feed-double.fixture.js';
import { timelineDouble } from './sources/mastodon/timeline-double.fixture.js';

/** A source of the chaos run: a double, and what the registry says of it. */
export interface ChaosSource {
  /** Its name in the registry, which is that of the posts' source. */
  readonly name: string;
  readonly entry: object;
  /** Whether a worker has come that will hear of what is posted from now on. */
  readonly isFollowed: () => boolean;
  /** Publishes the n-th post. */
  post(n: number): Promise<void> | void;
  /** Breaks what is under way, or the next answer. */
  cut(): void;
  close(): Promise<void> | void;
}

/** How many items the feed shows: the run must not publish more than that between two looks at it. */
export const FEED_WINDOW = 100;

const textOf = (n: number) => `kabar ${n}`;
const recordOf = (n: number) => ({
  $type: 'app.bsky.feed.post',
  text: textOf(n),
  createdAt: new Date().toISOString(),
  langs: ['id'],
});

/** One source of each kind that speaks to a server. */
export function chaosSources(): Promise<ChaosSource[]> {
  return Promise.all([jetstream(), firehose(), mastodon(), feed()]);
}

async function jetstream(): Promise<ChaosSource> {
  const double = await streamDouble(JETSTREAM);
  return {
    ...double,
    name: 'jet',
    entry: { kind: 'jetstream', url: double.url, platform: 'jet' },
    isFollowed: () => double.clients > 0,
    post(n) {
      const timeUs = Date.now() * 1000 + n;
      const commit = {
        ...{ operation: 'create', collection: 'app.bsky.feed.post', rkey: String(n), rev: 'r', cid: 'c' },
        record: recordOf(n),
      };
      double.emit(timeUs, JSON.stringify({ did: 'did:plc:abc', time_us: timeUs, kind: 'commit', commit }));
    },
  };
}

async function firehose(): Promise<ChaosSource> {
  const double = await streamDouble(FIREHOSE);
  return {
    ...double,
    name: 'fire',
    entry: { kind: 'firehose', url: double.url, platform: 'fire' },
    isFollowed: () => double.clients > 0,
    post: async (n) =>
      double.emit(
        n,
        await commitFrame([{ action: 'create', path: `app.bsky.feed.post/${n}`, record: recordOf(n) }], n),
      ),
  };
}

async function mastodon(): Promise<ChaosSource> {
  const double = await timelineDouble();
  return {
    ...double,
    name: 'masto',
    entry: { kind: 'mastodon', url: double.url },
    isFollowed: () => double.streams > 0,
    post: (n) =>
      double.emit({
        // A snowflake of this moment: milliseconds and sixteen bits that keep them in order.
        id: String((BigInt(Date.now()) << 16n) + BigInt(n)),
        ...{ created_at: new Date().toISOString(), visibility: 'public', language: 'id', reblog: null },
        ...{ content: `<p>${textOf(n)}</p>`, account: { acct: 'sari', followers_count: 7 } },
        url: `https://contoh.invalid/@sari/${n}`,
      } as { id: string }),
  };
}

async function feed(): Promise<ChaosSource> {
  const double = await feedDouble(FEED_WINDOW);
  return {
    ...double,
    name: 'feed',
    entry: { kind: 'feed', url: double.url, platform: 'feed', pollSeconds: 1 },
    isFollowed: () => true,
    post: (n) => double.publish(`g${n}`, textOf(n)),
  };
}
