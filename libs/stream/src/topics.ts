import { setTimeout as wait } from 'node:timers/promises';
import type { Topic } from '@siaga/contracts';
import { kafkaClient, type StreamOptions } from './client.js';
import { configOn } from './topic-plan.js';

const METADATA_TRIES = 100;
const METADATA_PAUSE_MS = 100;

/**
 * Creates the topics that are missing and waits until each partition has a leader.
 *
 * @param replicationFactor 1 on one node, 3 on a cluster
 * @throws Error when a topic has no leaders after ten seconds
 */
export async function ensureTopics(
  options: StreamOptions,
  topics: readonly Topic[],
  replicationFactor = 1,
): Promise<void> {
  const admin = kafkaClient(options).admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !existing.has(topic.name));
    if (missing.length > 0) {
      await admin.createTopics({
        waitForLeaders: false, // kafkajs' own wait can throw UNKNOWN_TOPIC_OR_PARTITION on a busy broker
        topics: missing.map((topic) => ({
          topic: topic.name,
          numPartitions: topic.partitions,
          replicationFactor,
          configEntries: Object.entries(configOn(topic, replicationFactor)).map(([name, value]) => ({ name, value })),
        })),
      });
    }
    const names = topics.map((topic) => topic.name);
    for (let tries = 0; tries < METADATA_TRIES; tries++) {
      const known = await admin.fetchTopicMetadata({ topics: names }).catch(() => undefined);
      const led = known?.topics.every((topic) => topic.partitions.every((partition) => partition.leader >= 0));
      if (led && known?.topics.length === names.length) return;
      await wait(METADATA_PAUSE_MS);
    }
    throw new Error(
      `topics without leaders after ${(METADATA_TRIES * METADATA_PAUSE_MS) / 1000} s: ${names.join(', ')}`,
    );
  } finally {
    await admin.disconnect();
  }
}

/** How many messages a topic has had written to it, over all partitions; retention does not lessen it. */
export async function topicEnd(
  options: StreamOptions,
  topic: string,
): Promise<{ messages: () => Promise<number>; close: () => Promise<void> }> {
  const admin = kafkaClient(options).admin();
  await admin.connect();
  return {
    async messages() {
      const partitions = await admin.fetchTopicOffsets(topic);
      return partitions.reduce((sum, { high }) => sum + Number(high), 0);
    },
    close: () => admin.disconnect(),
  };
}
