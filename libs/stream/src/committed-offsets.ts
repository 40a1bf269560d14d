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
