import { flagCodec, isCanary, postCodec, verdictCodec, type Post, type Topics } from '@siaga/contracts';
import type { Scorer } from '@siaga/models';
import { readSpans, topicSpan, type StreamMessage, type StreamOptions, type TopicSpan } from '@siaga/stream';
import { comparison, type ChangedItem, type ComparisonResult } from './comparison.js';
import { liveRecord, type LiveJudgement, type LiveRecord } from './live-record.js';
import type { FlagThresholds } from './thresholds-file.js';

export interface ReplayReport extends ComparisonResult {
  readonly window: { readonly from: string; readonly to: string; readonly truncated: boolean };
  readonly model: { readonly name: string; readonly version: string };
  readonly thresholds: FlagThresholds;
  /** The models whose verdicts are compared with, and how many they gave; at most twenty. */
  readonly liveModels: Readonly<Record<string, number>>;
  readonly posts: {
    readonly read: number;
    /** Came again under the same id. */
    readonly repeated: number;
    readonly unreadable: number;
    /** Left out by the fleet, with a verdict that says why; left out here too. */
    readonly dropped: number;
    readonly withoutVerdict: number;
  };
  readonly seconds: number;
  readonly postsPerSecond: number;
}

export interface Replay {
  readonly stream: StreamOptions;
  readonly topics: Topics;
  readonly window: { readonly from: number; readonly to?: number };
  readonly scorer: Scorer;
  readonly thresholds: FlagThresholds;
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: string, done: number, total: number) => void;
  /** Hears of every item that is gained or lost. */
  readonly onChanged?: (items: readonly ChangedItem[]) => void;
}

/** Why there is nothing to replay; the message says what to do. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}

/** About 420 MB of what the fleet said of them. */
const MAX_POSTS = 10_000_000;
const BATCH = 1024;
const MAX_MODELS = 20;

/**
 * Reads the window's posts twice: once for their ids, so that of the verdicts and flags only theirs are kept, and once
 * to score them. Memory is bounded by the number of posts, which is known before anything is read.
 *
 * @throws ReplayError when the window is empty, too large, or older than what Kafka keeps
 */
export async function replay(options: Replay): Promise<ReplayReport> {
  const { stream, topics, window, scorer, thresholds, signal } = options;
  const startedAt = Date.now();
  const posts = await topicSpan(stream, topics.posts.name, window);
  if (!posts) throw new ReplayError(`there is no topic ${topics.posts.name} on ${stream.brokers}: is it this fleet's?`);
  if (posts.messages === 0) throw emptyWindow(posts, window);
  if (posts.messages > MAX_POSTS) {
    throw new ReplayError(
      `the window holds ${posts.messages} posts, at most ${MAX_POSTS} can be replayed at once: choose a shorter one`,
    );
  }
  const later = { from: window.from };
  const said = [
    await topicSpan(stream, topics.verdicts.name, later),
    await topicSpan(stream, topics.flags.name, later),
  ].filter((span) => span !== undefined);

  const read = async (
    stage: string,
    spans: readonly TopicSpan[],
    take: (messages: readonly StreamMessage[]) => void,
  ) => {
    const total = spans.reduce((sum, { messages }) => sum + messages, 0);
    let done = 0;
    await readSpans({ ...stream, ...(signal ? { signal } : {}) }, spans, (messages) => {
      take(messages);
      done += messages.length;
      options.onProgress?.(stage, done, total);
    });
  };
  const record = liveRecord(posts.messages);
  await read('ids of posts', [posts], (messages) => {
    for (const { key } of messages) if (key) record.expect(key);
  });
  const liveModels: Record<string, number> = {};
  await read('verdicts and flags', said, (messages) => {
    for (const message of messages) takeSaid(message, { topics, record, liveModels });
  });

  const counts = { read: 0, repeated: 0, unreadable: 0, dropped: 0, withoutVerdict: 0 };
  const compare = comparison(thresholds);
  const scoringFrom = Date.now();
  await read('posts', [posts], (messages) => {
    counts.read += messages.length;
    const open = messages.flatMap((message) => takePost(message, record, counts));
    for (let start = 0; start < open.length; start += BATCH) {
      const batch = open.slice(start, start + BATCH);
      const scores = scorer.categories(batch.map(({ post }) => post.text));
      const changed = batch.flatMap(({ post, at, live }, i) => compare.add(post, at, live, scores[i]!));
      if (changed.length > 0) options.onChanged?.(changed);
    }
  });
  const seconds = (Date.now() - startedAt) / 1000;
  return {
    window: {
      from: new Date(window.from).toISOString(),
      to: new Date(window.to ?? startedAt).toISOString(),
      truncated: posts.truncated,
    },
    model: { name: scorer.name, version: scorer.version },
    ...{ thresholds, liveModels, posts: counts, ...compare.result(), seconds },
    postsPerSecond: Math.round(counts.read / Math.max(0.001, (Date.now() - scoringFrom) / 1000)),
  };
}

function emptyWindow(posts: TopicSpan, { from, to }: Replay['window']): ReplayError {
  const span = `${new Date(from).toISOString()} to ${to === undefined ? 'now' : new Date(to).toISOString()}`;
  return new ReplayError(
    posts.truncated
      ? `no posts from ${span}: ${posts.topic} no longer holds that time, Kafka has deleted it (retention.ms); choose a later --from`
      : `no posts reached ${posts.topic} from ${span}: choose another --from, or another --to`,
  );
}

/** One message of the verdicts or flags; what is not about the window's posts is not even decoded. */
function takeSaid(
  { topic, key, value }: StreamMessage,
  { topics, record, liveModels }: { topics: Topics; record: LiveRecord; liveModels: Record<string, number> },
): void {
  if (!key || !record.expects(key)) return;
  if (topic === topics.flags.name) {
    const flag = flagCodec.decode(value);
    if (flag.ok && !flag.value.audit) record.flag(flag.value.post.id, flag.value.category);
    return;
  }
  const verdict = verdictCodec.decode(value);
  if (!verdict.ok || verdict.value.shadow) return;
  const { id, outcome, reason, scores, model } = verdict.value;
  if (reason === 'deleted') return record.remove(id);
  record.verdict(id, outcome, scores);
  const name = `${model.name} ${model.version}`;
  if (name in liveModels || Object.keys(liveModels).length < MAX_MODELS) liveModels[name] = (liveModels[name] ?? 0) + 1;
}

/** @returns the post when it is to be compared, else nothing but a count */
function takePost(
  { value, timestamp: at }: StreamMessage,
  record: LiveRecord,
  counts: { repeated: number; unreadable: number; dropped: number; withoutVerdict: number },
): { post: Post; at: number; live: LiveJudgement }[] {
  const decoded = postCodec.decode(value);
  if (!decoded.ok) return (counts.unreadable++, []);
  if (isCanary(decoded.value)) return [];
  const live = record.take(decoded.value.id);
  if (!live) counts.repeated++;
  else if (live.outcome === 'dropped') counts.dropped++;
  else if (live.outcome === undefined) counts.withoutVerdict++;
  else return [{ post: decoded.value, at, live }];
  return [];
}
