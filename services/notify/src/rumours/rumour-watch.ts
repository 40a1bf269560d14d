import type { Post } from '@siaga/contracts';
import { bandsOf, normalise, signatureOf, similarity, stanceOf } from '@siaga/text';
import { LRUCache } from 'lru-cache';
import { firstSightings } from './first-sightings.js';
import { voiceHash } from './voice-sketch.js';

/** What was seen of a rumour since it was last written. */
export interface News {
  posts: number;
  /** Beginning of an hour, ISO 8601 -> posts; and by platform. */
  readonly hours: Map<string, number>;
  readonly platforms: Map<string, number>;
  /** As voiceHash gives them. */
  readonly voices: Set<number>;
  /** A few, of several authors. */
  readonly examples: Post[];
  /** Milliseconds since the epoch. */
  firstSeenAt: number;
  lastSeenAt: number;
}

/** Posts of one text, give or take a few words. */
export interface Cluster {
  readonly signature: Int32Array;
  readonly bands: readonly number[];
  /** Under which it is written. */
  rumourId?: string;
  /** Those who posted it, as long as they are too few for a rumour. */
  readonly voices: Set<number>;
  news: News;
}

/** So many people must have posted a text: one who posts it a thousand times makes no rumour. */
export const FEWEST_VOICES = 3;
/** Of a signature's bands; they find copies of similarity 0.8 nine times in ten, of 0.3 twice in a thousand. */
const BANDS = 8;
const FEWEST_BANDS = 2;
/** Half a million texts that were seen once (50 MB), and so many that were seen twice or more (10 MB). */
const PLACES = 2 ** 22;
const CLUSTERS = 5_000;
const EXAMPLES = 10;
/** Copies that are further apart make no rumour. */
const WINDOW_MINUTES = 24 * 60;
const HOUR_MS = 3_600_000;

export const rumourBands = (signature: Int32Array): number[] =>
  bandsOf(signature)
    .slice(0, BANDS)
    .map((hash, band) => Math.imul(hash ^ Math.imul(band + 1, 0x9e3779b1), 0x85ebca6b) | 0);

/**
 * Watches posts for texts that several people post alike, in bounded memory: of a text seen once no more is kept than hashes of
 * its bands and its author. Its clock is that of the posts.
 */
export function rumourWatch({ places = PLACES, clusters: most = CLUSTERS } = {}) {
  const seenOnce = firstSightings(places);
  const byBand = new Map<number, Cluster>();
  const clusters = new LRUCache<Cluster, true>({
    max: most,
    dispose: (_, cluster) => {
      for (const band of cluster.bands) if (byBand.get(band) === cluster) byBand.delete(band);
    },
  });
  const changed = new Set<Cluster>();

  function nearest(bands: readonly number[], signature: Int32Array, threshold: number): Cluster | undefined {
    let best: Cluster | undefined;
    let most = threshold;
    for (const cluster of new Set(bands.map((band) => byBand.get(band)))) {
      if (!cluster) continue;
      const alike = similarity(cluster.signature, signature);
      if (alike >= most) [best, most] = [cluster, alike];
    }
    return best;
  }

  /** A second voice makes a cluster, of which the first is known by its hash only. */
  function open(signature: Int32Array, bands: readonly number[], voice: number, at: number) {
    const minute = Math.floor(at / 60_000);
    const met = bands.flatMap((band) => seenOnce.meet(band, { voice, minute }, minute - WINDOW_MINUTES) ?? []);
    const other = met.find((sighting) => sighting.voice !== voice);
    if (met.length < FEWEST_BANDS || !other) return undefined;
    const cluster: Cluster = { signature, bands, voices: new Set(), news: noNews() };
    clusters.set(cluster, true);
    for (const band of bands) byBand.set(band, cluster);
    count(cluster.news, other.voice, other.minute * 60_000);
    cluster.voices.add(other.voice);
    return cluster;
  }

  return {
    /** @param threshold estimated Jaccard similarity from which two texts are one */
    see(post: Post, threshold: number): void {
      // Before it is remembered: of a text that was seen once nothing is left to read.
      if (!passesOn(post.text)) return;
      const signature = signatureOf(normalise(post.text));
      const bands = rumourBands(signature);
      const voice = voiceHash(post.author ?? post.id);
      const at = Math.min(Date.parse(post.seenAt), Date.now());
      const cluster = nearest(bands, signature, threshold) ?? open(signature, bands, voice, at);
      if (!cluster) return;
      clusters.get(cluster);
      const { news, voices } = cluster;
      count(news, voice, at);
      news.platforms.set(post.platform, (news.platforms.get(post.platform) ?? 0) + 1);
      if (news.examples.length < EXAMPLES && !news.examples.some(({ author }) => author && author === post.author)) {
        news.examples.push(post);
      }
      if (cluster.rumourId === undefined) voices.add(voice);
      if (cluster.rumourId !== undefined || voices.size >= FEWEST_VOICES) changed.add(cluster);
    },
    /** Rumours of which there is news, until `written` is told of them. */
    changed: (): readonly Cluster[] => [...changed],
    written(cluster: Cluster, rumourId: string): void {
      cluster.rumourId = rumourId;
      cluster.voices.clear();
      cluster.news = noNews();
      changed.delete(cluster);
    },
    get size() {
      return clusters.size;
    },
  };
}

export type RumourWatch = ReturnType<typeof rumourWatch>;

/** Who denies or reports it does not; who asks does. */
function passesOn(text: string): boolean {
  const { stance } = stanceOf(text);
  return stance === 'spreads' || stance === 'asks';
}

const noNews = (): News => ({
  ...{ posts: 0, hours: new Map(), platforms: new Map(), voices: new Set(), examples: [] },
  ...{ firstSeenAt: Infinity, lastSeenAt: 0 },
});

function count(news: News, voice: number, at: number): void {
  const hour = new Date(Math.floor(at / HOUR_MS) * HOUR_MS).toISOString();
  news.posts++;
  news.voices.add(voice);
  news.hours.set(hour, (news.hours.get(hour) ?? 0) + 1);
  news.firstSeenAt = Math.min(news.firstSeenAt, at);
  news.lastSeenAt = Math.max(news.lastSeenAt, at);
}
