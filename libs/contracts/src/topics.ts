/** A Kafka topic as the fleet expects to find it; `ensureTopics` of libs/stream creates it so. */
export interface Topic {
  readonly name: string;
  /** What the message key is: it decides the partition, and so what stays in order. */
  readonly key: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A post of 20,000 characters fits many times over; what is larger still has to reach the dead letters whole. */
const MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

const kept = (days: number): Record<string, string> => ({
  'cleanup.policy': 'delete',
  'retention.ms': String(days * DAY_MS),
  'max.message.bytes': String(MAX_MESSAGE_BYTES),
});

/**
 * The topics of one fleet. Tests and side-by-side fleets use another prefix on the same broker.
 *
 * @param prefix first part of every topic's name, `siaga` in production
 */
export function topicsOf(prefix = 'siaga') {
  const topic = (name: string, key: string, partitions: number, config: Record<string, string>): Topic => ({
    name: `${prefix}.${name}`,
    key,
    partitions,
    config,
  });
  return {
    posts: topic('posts', 'post id', 6, kept(7)),
    verdicts: topic('verdicts', 'post id', 6, kept(7)),
    /** Posts that are deleted or edited, and authors who are gone: what is stored of them, or of older versions, has to go. */
    removals: topic('removals', 'post id', 1, kept(30)),
    flags: topic('flags', 'post id', 6, kept(30)),
    /**
     * Posts that look like rumours and repeat no debunked claim, for people alone. One partition, for the copies of one text must
     * meet in one place.
     */
    rumours: topic('rumours', 'post id', 1, kept(2)),
    claims: topic('claims', 'claim id', 1, { 'cleanup.policy': 'compact' }),
    /** Larger than the rest, so that whatever arrived on a topic also fits here with its headers. */
    deadLetters: topic('dead-letters', 'key of the original message', 1, {
      ...kept(30),
      'max.message.bytes': String(2 * MAX_MESSAGE_BYTES),
    }),
    decisions: topic('decisions', 'flag or campaign id', 1, kept(365)),
  };
}

export type Topics = ReturnType<typeof topicsOf>;
