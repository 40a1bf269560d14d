import {
  debunkRumours,
  dropColdRumours,
  findRumours,
  forgetRumourPosts,
  lockFlagWriting,
  rumourCandidates,
  saveRumour,
  warmRumour,
  type Queryable,
  type RumourFigures,
  type StoredRumour,
} from '@siaga/storage';
import { similarity } from '@siaga/text';
import { uuidv7 } from 'uuidv7';
import type { Cluster, News } from './rumour-watch.js';
import { addVoice, countVoices, emptySketch } from './voice-sketch.js';

/** More are not kept; the coldest go. */
const MOST_RUMOURS = 10_000;
/** What is kept of a rumour's figures by the hour, and of the platforms that it is on. */
const MOST_HOURS = 72;
const MOST_PLATFORMS = 30;

/**
 * Adds what was seen to the rumours, those of other workers and of before a restart included: a text that is near to one is that.
 * What has been deleted meanwhile is left out, and what has been debunked is marked so.
 *
 * @param threshold estimated Jaccard similarity from which two texts are one
 * @returns the id of each, in order
 */
export async function recordRumours(tx: Queryable, clusters: readonly Cluster[], threshold: number): Promise<string[]> {
  await lockFlagWriting(tx);
  const ids: string[] = [];
  let opened = 0;
  for (const cluster of clusters) {
    const { signature, bands, news } = cluster;
    const known = await knownRumour(tx, cluster, threshold);
    if (!known) opened++;
    const { rumourId, ...of } = known ?? { rumourId: uuidv7(), signature: [...signature], bands, ...nothing(news) };
    await saveRumour(tx, { rumourId, signature: of.signature, bands: of.bands, ...grown(of, news) }, news.examples);
    ids.push(rumourId);
  }
  if (opened > 0) await dropColdRumours(tx, MOST_RUMOURS);
  const examples = clusters.flatMap(({ news }) => news.examples);
  const postIds = examples.map(({ id }) => id);
  await forgetRumourPosts(tx, { postIds, authors: examples.flatMap(({ author }) => author ?? []) });
  await debunkRumours(tx, postIds);
  return ids;
}

async function knownRumour(
  tx: Queryable,
  { rumourId, signature, bands }: Cluster,
  threshold: number,
): Promise<StoredRumour | undefined> {
  const [known] = rumourId === undefined ? [] : await findRumours(tx, [rumourId]);
  if (known) return known;
  const near = (await rumourCandidates(tx, bands))
    .map((rumour) => ({ rumour, alike: similarity(rumour.signature, signature) }))
    .sort((a, b) => b.alike - a.alike)[0];
  return near && near.alike >= threshold ? near.rumour : undefined;
}

const nothing = ({ firstSeenAt }: News): RumourFigures => ({
  ...{ posts: 0, voices: 0, voiceSketch: emptySketch(), heat: -Infinity, platforms: {}, hours: {} },
  ...{ firstSeenAt: new Date(firstSeenAt), lastSeenAt: new Date(firstSeenAt) },
});

function grown(before: RumourFigures, news: News): RumourFigures {
  const voiceSketch = Buffer.from(before.voiceSketch);
  const known = countVoices(voiceSketch);
  for (const voice of news.voices) addVoice(voiceSketch, voice);
  const voices = countVoices(voiceSketch);
  return {
    posts: before.posts + news.posts,
    voices: Math.round(voices),
    voiceSketch,
    heat: warmRumour(before.heat, voices - known, news.lastSeenAt),
    platforms: added(before.platforms, news.platforms, (a, b) => b[1] - a[1], MOST_PLATFORMS),
    hours: added(before.hours, news.hours, (a, b) => (a[0] < b[0] ? 1 : -1), MOST_HOURS),
    firstSeenAt: new Date(Math.min(before.firstSeenAt.getTime(), news.firstSeenAt)),
    lastSeenAt: new Date(Math.max(before.lastSeenAt.getTime(), news.lastSeenAt)),
  };
}

type Entry = readonly [string, number];

/** @returns the sums, of which the first `most` in the order given are kept */
function added(
  before: Readonly<Record<string, number>>,
  news: ReadonlyMap<string, number>,
  order: (a: Entry, b: Entry) => number,
  most: number,
): Record<string, number> {
  const sums = new Map(Object.entries(before));
  for (const [name, n] of news) sums.set(name, (sums.get(name) ?? 0) + n);
  return Object.fromEntries([...sums].sort(order).slice(0, most));
}
