import { flagCodec, verdictCodec, type Topics } from '@siaga/contracts';
import type { StreamMessage } from '@siaga/stream';

/** What became of the posts of a load, told from the topics alone. */
export interface Account {
  take(messages: readonly StreamMessage[]): void;
  readonly scored: number;
  readonly dropped: number;
  readonly deadLetters: number;
  /** Numbers of the posts that have neither a verdict nor a dead letter, and of those that have both. */
  lost(): number[];
  both(): number[];
  /** Messages beyond the first of their post, on `siaga.posts` and `siaga.verdicts`: at least once is not once. */
  readonly repeats: { readonly posts: number; readonly verdicts: number };
  /** By post number: when its first verdict was written, by the broker's clock; 0 where there is none. */
  readonly verdictAt: Float64Array;
  /** Every flag, audited ones too, by its id: its post and when it was written first. */
  readonly flags: ReadonlyMap<string, { readonly number: number; readonly at: number }>;
}

const ON_TOPIC = 1;
const VERDICT = 2;
const LETTER = 4;

/**
 * @param run what the posts' ids have before their number
 * @param total how many posts there are, numbered from 0
 */
export function loadAccount(topics: Topics, run: string, total: number): Account {
  const state = new Uint8Array(total);
  const verdictAt = new Float64Array(total);
  const flags = new Map<string, { number: number; at: number }>();
  const counts = { scored: 0, dropped: 0, deadLetters: 0 };
  const repeats = { posts: 0, verdicts: 0 };
  // Of a hostile post the number can stand in the key, or somewhere in what nobody could read.
  const inText = new RegExp(`(?:${run}|^past)-(\\d+)`);
  const numberOf = (text: string): number | undefined => {
    const number = Number(inText.exec(text)?.[1] ?? NaN);
    return number < total ? number : undefined;
  };
  const mark = (number: number, bit: number): boolean => {
    const isNew = (state[number]! & bit) === 0;
    state[number]! |= bit;
    return isNew;
  };
  const takers: Record<string, (message: StreamMessage) => void> = {
    [topics.posts.name]({ key }) {
      const number = numberOf(String(key));
      if (number !== undefined && !mark(number, ON_TOPIC)) repeats.posts++;
    },
    [topics.verdicts.name]({ key, value, timestamp }) {
      const number = numberOf(String(key));
      const decoded = verdictCodec.decode(value);
      if (number === undefined || !decoded.ok || decoded.value.shadow) return;
      if (!mark(number, VERDICT)) return void repeats.verdicts++;
      counts[decoded.value.outcome]++;
      verdictAt[number] = timestamp;
    },
    [topics.flags.name]({ value, timestamp }) {
      const decoded = flagCodec.decode(value);
      const number = decoded.ok ? numberOf(decoded.value.post.id) : undefined;
      if (!decoded.ok || number === undefined || flags.has(decoded.value.flagId)) return;
      flags.set(decoded.value.flagId, { number, at: timestamp });
    },
    [topics.deadLetters.name]({ key, value }) {
      const number = (key && numberOf(String(key))) ?? numberOf(value?.subarray(0, 200).toString('latin1') ?? '');
      if (number !== undefined && mark(number, LETTER)) counts.deadLetters++;
    },
  };
  const numbersWhere = (wanted: (bits: number) => boolean): number[] => {
    const numbers: number[] = [];
    state.forEach((bits, number) => wanted(bits) && numbers.push(number));
    return numbers;
  };
  return {
    take: (messages) => messages.forEach((message) => takers[message.topic]?.(message)),
    get scored() {
      return counts.scored;
    },
    get dropped() {
      return counts.dropped;
    },
    get deadLetters() {
      return counts.deadLetters;
    },
    lost: () => numbersWhere((bits) => (bits & (VERDICT | LETTER)) === 0),
    both: () => numbersWhere((bits) => (bits & VERDICT) !== 0 && (bits & LETTER) !== 0),
    repeats,
    verdictAt,
    flags,
  };
}
