import { startRepeating } from '@siaga/runtime';
import type { Admin } from 'kafkajs';
import { kafkaClient, type StreamOptions } from './client.js';
import { lagClock } from './group-lag.js';
import type { BrokerMetrics } from './metrics.js';

export interface WatchedGroup {
  readonly groupId: string;
  readonly topic: string;
}

const PAUSE_MS = 5_000;

/**
 * Looks at the brokers and at how far consumer groups are behind, from outside: a worker that hangs or is gone cannot say it of itself. Any
 * number of processes may look, they find the same.
 *
 * @returns how to stop
 */
export function watchBroker(
  options: StreamOptions,
  {
    groups,
    metrics,
    pauseMs = PAUSE_MS,
  }: { groups: readonly WatchedGroup[]; metrics: BrokerMetrics; pauseMs?: number },
  onCrash: (error: unknown) => void,
) {
  // One that does not answer is tried again at the next look; a long wait would only hide for how long.
  const admin = kafkaClient({ ...options, retries: 2 }).admin();
  const clocks = new Map<string, ReturnType<typeof lagClock>>();
  let connected = false;
  const look = async () => {
    if (!connected) await admin.connect();
    connected = true;
    await lookAtCluster(admin, groups, metrics);
    for (const group of groups) await lookAtGroup(admin, group, clocks, metrics);
    metrics.lookedAt.set(Date.now() / 1000);
  };
  const work = () =>
    look().catch((err: unknown) => {
      metrics.brokers.set(0);
      options.log.warn({ err }, 'the brokers could not be asked');
    });
  const looking = startRepeating({ what: 'look at the brokers', pauseMs, log: options.log, work }, onCrash);
  return {
    async close() {
      await looking.close();
      await admin.disconnect();
    },
  };
}

async function lookAtCluster(admin: Admin, groups: readonly WatchedGroup[], metrics: BrokerMetrics): Promise<void> {
  const { brokers } = await admin.describeCluster();
  metrics.brokers.set(brokers.length);
  const { topics } = await admin.fetchTopicMetadata({ topics: [...new Set(groups.map(({ topic }) => topic))] });
  const partitions = topics.flatMap((topic) => topic.partitions);
  metrics.underReplicated.set(partitions.filter(({ isr, replicas }) => isr.length < replicas.length).length);
  const { groups: found } = await admin.describeGroups(groups.map(({ groupId }) => groupId));
  for (const { groupId, members } of found) metrics.groupMembers.set({ group: groupId }, members.length);
}

async function lookAtGroup(
  admin: Admin,
  { groupId, topic }: WatchedGroup,
  clocks: Map<string, ReturnType<typeof lagClock>>,
  metrics: BrokerMetrics,
): Promise<void> {
  // In this order: what is written in between is then counted as behind, and never as ahead.
  const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const committed = new Map(found?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  const ends = await admin.fetchTopicOffsets(topic);
  const at = Date.now();
  let oldest = 0;
  for (const { partition, low, high } of ends) {
    // A group that has committed nothing, or was left behind by retention, goes on from the beginning.
    const next = Math.max(committed.get(partition) ?? -1, Number(low));
    const key = `${groupId} ${topic} ${partition}`;
    const clock = clocks.get(key) ?? lagClock();
    clocks.set(key, clock);
    const end = Number(high);
    oldest = Math.max(oldest, clock({ at, end }, next));
    metrics.groupLag.set({ group: groupId, topic, partition: String(partition) }, Math.max(0, end - next));
  }
  metrics.groupLagSeconds.set({ group: groupId, topic }, oldest);
}
