import { randomUUID } from 'node:crypto';
import { kafkaClient, type StreamOptions } from './client.js';
import { coordinatorReady } from './coordinator.js';
import { streamMessage, type StreamMessage } from './message.js';

/**
 * Reads whole topics from their beginning and goes on as they grow, under a group of its own and without committing:
 * for ledgers, replays and people who look. Not for work that must not be lost.
 *
 * @param onCrash hears when nothing comes any more
 * @returns how to stop
 */
export async function followTopics(
  options: StreamOptions & { readonly topics: readonly string[] },
  onMessages: (messages: readonly StreamMessage[]) => void,
  onCrash?: (error: unknown) => void,
): Promise<{ close: () => Promise<void> }> {
  const consumer = kafkaClient(options).consumer({
    groupId: `${options.clientId}-${randomUUID()}`,
    maxWaitTimeInMs: 250,
    sessionTimeout: 10_000,
    heartbeatInterval: 1_500,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 25 },
  });
  // From what may pass, kafkajs starts again by itself.
  if (onCrash) consumer.on(consumer.events.CRASH, ({ payload }) => void (payload.restart || onCrash(payload.error)));
  await consumer.connect();
  await coordinatorReady(consumer);
  await consumer.subscribe({ topics: [...options.topics], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: ({ batch, resolveOffset }) => {
      onMessages(batch.messages.map((message) => streamMessage(batch.topic, batch.partition, message)));
      resolveOffset(batch.lastOffset());
      return Promise.resolve();
    },
  });
  return { close: () => consumer.disconnect() };
}
