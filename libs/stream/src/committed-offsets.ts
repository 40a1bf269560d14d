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

/**
 * Lets a group go on from elsewhere, while none of its members runs.
 *
 * @param offsets by partition, as {@link committedOffsets} gives them: from -1 on means from the beginning
 * @throws when the group has members
 */
export async function moveGroup(
  options: StreamOptions,
  groupId: string,
  { topic, offsets }: { readonly topic: string; readonly offsets: Readonly<Record<number, number>> },
): Promise<void> {
  const admin = kafkaClient(options).admin();
  await admin.connect();
  try {
    const partitions = await admin.fetchTopicOffsets(topic);
    await admin.setOffsets({
      groupId,
      topic,
      // What retention has removed since cannot be read any more: then the oldest that there is.
      partitions: partitions.map(({ partition, low }) => ({
        partition,
        offset: String(Math.max(Number(low), offsets[partition] ?? 0)),
      })),
    });
  } finally {
    await admin.disconnect();
  }
}
