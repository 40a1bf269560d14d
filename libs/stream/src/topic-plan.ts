import type { Topic } from '@siaga/contracts';

/** A topic as a cluster has it. */
export interface ActualTopic {
  readonly name: string;
  readonly partitions: number;
  /** The fewest replicas that a partition has. */
  readonly replication: number;
  /** What was set for this topic; the cluster's own defaults are left out. */
  readonly config: Readonly<Record<string, string>>;
}

export type TopicChange =
  | { readonly kind: 'create'; readonly topic: Topic }
  | { readonly kind: 'grow'; readonly name: string; readonly from: number; readonly to: number }
  | {
      readonly kind: 'set';
      readonly name: string;
      readonly values: Readonly<Record<string, readonly [string | undefined, string]>>;
    };

export interface TopicPlan {
  readonly changes: readonly TopicChange[];
  /** What differs and is not changed from here, with the reason: somebody has to decide. */
  readonly refused: readonly string[];
}

/**
 * A replica may be away without stopping the writers, where there are three; with two, the second one would be no more than a copy
 * that may lag.
 */
const minInSync = (replication: number): number => (replication >= 3 ? replication - 1 : 1);

/** What holds where nothing is set. */
const KAFKAS_OWN = { 'min.insync.replicas': '1' };

/** A topic's settings on a cluster of so many replicas: its own, and how many of them have to have a message. */
export function configOn(topic: Topic, replication: number): Record<string, string> {
  return { ...topic.config, 'min.insync.replicas': String(minInSync(replication)) };
}

/** What would have to change for a cluster to have the topics as they are wanted. */
export function planTopics(wanted: readonly Topic[], actual: readonly ActualTopic[], replication: number): TopicPlan {
  const changes: TopicChange[] = [];
  const refused: string[] = [];
  for (const topic of wanted) {
    const { name, partitions } = topic;
    const found = actual.find((candidate) => candidate.name === name);
    if (!found) {
      changes.push({ kind: 'create', topic });
      continue;
    }
    if (found.partitions < partitions) changes.push({ kind: 'grow', name, from: found.partitions, to: partitions });
    if (found.partitions > partitions) {
      refused.push(
        `${name} has ${found.partitions} partitions and ${partitions} are wanted: Kafka cannot take any away, and the messages in them would be lost`,
      );
    }
    if (found.replication !== replication) {
      refused.push(
        `${name} has ${found.replication} replicas and ${replication} are wanted: move them with kafka-reassign-partitions.sh (docs/kafka.md)`,
      );
    }
    // How many replicas have to answer follows from those that there are, or nobody could write any more.
    const config = configOn(topic, Math.min(replication, found.replication));
    const standing: Record<string, string> = { ...KAFKAS_OWN, ...found.config };
    const values = Object.entries(config)
      .filter(([setting, value]) => standing[setting] !== value)
      .map(([setting, value]) => [setting, [found.config[setting], value]] as const);
    if (values.length > 0) changes.push({ kind: 'set', name, values: Object.fromEntries(values) });
  }
  return { changes, refused };
}
