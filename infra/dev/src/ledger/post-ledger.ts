import { flagCodec, postCodec, verdictCodec, type Category, type Topics } from '@siaga/contracts';
import { readDeadLetter, type StreamMessage } from '@siaga/stream';

export interface DeadLetterEntry {
  readonly step: string;
  readonly reason: string;
  readonly detail: string;
  /** Topic and offset, or source and line, of what it stands for. */
  readonly from: string;
}

/** What became of every post, told from the topics alone; repeats of at-least-once delivery count once. */
export interface PostLedger {
  take(messages: readonly StreamMessage[]): void;
  /** Posts and refused lines: what came in. */
  readonly arrived: number;
  readonly scored: number;
  readonly dropped: number;
  readonly deadLetters: readonly DeadLetterEntry[];
  /** Flags by id. */
  readonly flags: ReadonlyMap<string, { readonly category: Category; readonly seenToFlagMs: number }>;
  /** Ids (or offsets, of posts without a readable one) that have neither a verdict nor a dead letter. */
  unaccounted(): string[];
}

export function createPostLedger(topics: Topics): PostLedger {
  const posts = new Set<string>();
  const outcomes = new Map<string, 'scored' | 'dropped'>();
  const counts = { scored: 0, dropped: 0 };
  const deadLetters = new Map<string, DeadLetterEntry>();
  const flags = new Map<string, { category: Category; seenToFlagMs: number }>();
  /** Offset of each message on `siaga.posts` that is still open, and the post it is. */
  const open = new Map<string, string>();
  const offsetsOf = new Map<string, string[]>();
  let refusedLines = 0;

  const takers: Record<string, (message: StreamMessage) => void> = {
    [topics.posts.name](message) {
      const offset = `${message.topic}/${message.partition}:${message.offset}`;
      const decoded = postCodec.decode(message.value);
      const id = decoded.ok ? decoded.value.id : offset;
      posts.add(id);
      if (outcomes.has(id) || deadLetters.has(offset)) return;
      open.set(offset, id);
      offsetsOf.set(id, [...(offsetsOf.get(id) ?? []), offset]);
    },
    [topics.verdicts.name]({ value }) {
      const decoded = verdictCodec.decode(value);
      if (!decoded.ok || decoded.value.shadow) return;
      const { id, outcome } = decoded.value;
      if (!outcomes.has(id)) counts[outcome]++;
      outcomes.set(id, outcome);
      for (const offset of offsetsOf.get(id) ?? []) open.delete(offset);
      offsetsOf.delete(id);
    },
    [topics.flags.name]({ value }) {
      const decoded = flagCodec.decode(value);
      if (!decoded.ok || decoded.value.audit || flags.has(decoded.value.flagId)) return;
      const { flagId, category, post, flaggedAt } = decoded.value;
      flags.set(flagId, { category, seenToFlagMs: Date.parse(flaggedAt) - Date.parse(post.seenAt) });
    },
    [topics.deadLetters.name](message) {
      const { topic, offset, step, reason, detail } = readDeadLetter(message);
      const from = `${topic}/${offset}`;
      if (deadLetters.has(from)) return;
      deadLetters.set(from, { step, reason, detail, from });
      open.delete(from);
      if (topic.startsWith('source:')) refusedLines++;
    },
  };

  return {
    take: (messages) => messages.forEach((message) => takers[message.topic]?.(message)),
    get arrived() {
      return posts.size + refusedLines;
    },
    get scored() {
      return counts.scored;
    },
    get dropped() {
      return counts.dropped;
    },
    get deadLetters() {
      return [...deadLetters.values()];
    },
    flags,
    unaccounted: () => [...new Set(open.values())],
  };
}
