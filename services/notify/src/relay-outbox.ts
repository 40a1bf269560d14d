import type { Topics } from '@siaga/contracts';
import { TransientError } from '@siaga/runtime';
import { OUTBOX_TOPICS, takeOutbox, type Database } from '@siaga/storage';
import type { StreamProducer } from '@siaga/stream';

/**
 * Publishes what was written to the outbox: decisions and claims. They leave it when Kafka has them, so a crash in between
 * publishes some again, under the same keys.
 *
 * @returns how many were published
 * @throws TransientError while Kafka does not take them
 */
export function relayOutbox({
  db,
  producer,
  topics,
}: {
  readonly db: Database;
  readonly producer: StreamProducer;
  readonly topics: Topics;
}): Promise<number> {
  return db.transaction(async (tx) => {
    const events = await takeOutbox(tx);
    if (events.length === 0) return 0;
    const batches = OUTBOX_TOPICS.map((topic) => ({
      topic: topics[topic].name,
      messages: events.filter((event) => event.topic === topic),
    }));
    try {
      await producer.send(batches);
    } catch (cause) {
      throw new TransientError('Kafka does not take what waits in the outbox', { cause });
    }
    return events.length;
  });
}
