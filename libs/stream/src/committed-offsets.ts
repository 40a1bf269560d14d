import { kafkaClient, type StreamOptions } from './client.js';

/** @returns by partition, the offset that a group goes on from; -1 where it has committed none */
export async function committedOffsets(
  options: StreamOptions,
  groupId: string,
  topic: string,
): Promise<Record<number, number>> {
  const admin = kafkaClient(options).admin();
  await admin.connect();
  try {
    const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
    return Object.fromEntries(found?.partitions.map(({ partition, offset }) => [partition, Number(offset)]) ?? []);
  } finally {
    await admin.disconnect();
  }
}

/**
 * @returns how many messages a topic holds that the group has not gone past; of a partition in which it has committed nothing, all
 *   that were ever written
 */
export async function groupLag(options: StreamOptions, groupId: string, topic: string): Promise<number> {
  const admin = kafkaClient(options).admin();
  await admin.connect();
  try {
    const [ends, [committed]] = await Promise.all([
      admin.fetchTopicOffsets(topic),
      admin.fetchOffsets({ groupId, topics: [topic] }),
    ]);
    const offsets = new Map(committed?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    return ends.reduce((sum, { partition, high }) => sum + Number(high) - Math.max(0, offsets.get(partition) ?? 0), 0);
  } finally {
    await admin.disconnect();
  }
}
