import { setTimeout as wait } from 'node:timers/promises';
import { flagCodec, isCanary, type Flag, type Topics } from '@siaga/contracts';
import type { ClaimMatcher } from '@siaga/models';
import type { Logger } from '@siaga/runtime';
import { done, readSpans, topicSpan, type BatchStep, type StreamOptions, type StreamProducer } from '@siaga/stream';
import { normalisedTokens } from '@siaga/text';
import { decode } from '../decode.js';
import { emptyMemory, judge } from '../judge.js';
import type { ClassifyMetrics } from '../metrics.js';
import type { ModelSlot } from '../model-slot.js';
import { claimShelf } from './claim-shelf.js';

export interface LookBack {
  readonly stream: StreamOptions;
  readonly topics: Topics;
  readonly models: ModelSlot;
  readonly matcher: ClaimMatcher;
  readonly producer: StreamProducer;
  readonly metrics: ClassifyMetrics;
  readonly log: Logger;
  /** How far back posts are read again. */
  readonly days: number;
  /** Ends it half-way: the claims come again. */
  readonly signal: AbortSignal;
  /** By then every worker matches new posts against the claims, so that none falls in between. */
  readonly settleMs?: number;
}

const DAY_MS = 86_400_000;
const SETTLE_MS = 5_000;

/**
 * A hoax is mostly older than its fact-check. Reads the posts of the last days once more for claims that are new or changed, and
 * flags those that make them; a post that was flagged before is flagged again, with the claim. The group has one partition to
 * share, so one worker does it, and another begins again where it dies.
 */
export function lookBackStep(options: LookBack): BatchStep {
  const { stream, topics, models, matcher, producer, metrics, log, days, signal } = options;
  return {
    name: 'look-back',
    async run(messages) {
      const shelf = claimShelf(matcher);
      shelf.take(messages);
      const outcomes = messages.map(() => done);
      if (shelf.size === 0) return outcomes;
      await wait(options.settleMs ?? SETTLE_MS, undefined, { signal });
      const span = await topicSpan(stream, topics.posts.name, { from: Date.now() - days * DAY_MS });
      if (!span) return outcomes;
      log.info({ claims: shelf.size, posts: span.messages }, 'looking for new claims in earlier posts');
      let found = 0;
      await readSpans({ ...stream, signal }, [span], async (read) => {
        const { posts } = decode(read);
        const making = posts.filter(
          (post) => !post.deleted && !isCanary(post) && shelf.match(post.text, normalisedTokens(post.text)).length > 0,
        );
        const flags = judge(making, models.active, emptyMemory(), { known: shelf }).flags.filter(debunked);
        await producer.send([
          {
            topic: topics.flags.name,
            messages: flags.map((flag) => ({ key: flag.post.id, value: flagCodec.encode(flag) })),
          },
        ]);
        found += flags.length;
        metrics.lookedBack.inc({ outcome: 'read' }, posts.length);
        metrics.lookedBack.inc({ outcome: 'flagged' }, flags.length);
      });
      log.info({ claims: shelf.size, posts: span.messages, flags: found }, 'looked for new claims in earlier posts');
      return outcomes;
    },
  };
}

const debunked = ({ category, claims = [] }: Flag): boolean => category === 'hoax' && claims.length > 0;
