import { describe, expect, it } from '@jest/globals';
import { appendOutbox, takeOutbox } from '@siaga/storage';
import { until, useDatabase, useKafka } from '@siaga/testkit';
import { relayOutbox } from './relay-outbox.js';

const database = useDatabase();
const kafka = useKafka();
const events = Array.from({ length: 1_200 }, (_, i) => ({
  topic: 'claims' as const,
  key: `claim:${i % 7}`,
  value: i % 50 === 49 ? null : Buffer.from(`{"version":${i}}`),
}));

describe('the outbox', () => {
  it('keeps what Kafka did not take, and publishes all of it in order', async () => {
    const { db } = database;
    await db.transaction((tx) => appendOutbox(tx, events));
    const refusing = { send: () => Promise.reject(new Error('no broker')), close: async () => undefined };
    await expect(relayOutbox({ db, producer: refusing, topics: kafka.topics })).rejects.toThrow('Kafka does not take');
    const relay = () => relayOutbox({ db, producer: kafka.producer, topics: kafka.topics });
    // Several at once, as the processes of a fleet: one at a time gets through.
    while ((await Promise.all([relay(), relay(), relay()])).some((published) => published > 0));
    const topic = kafka.topics.claims.name;
    await until('all of them', () => kafka.messages(topic).length >= events.length);
    const published = kafka.messages(topic).map(({ key, value }) => [key?.toString(), value?.toString() ?? null]);
    expect(published).toEqual(events.map(({ key, value }) => [key, value?.toString() ?? null]));
    expect(await db.transaction(takeOutbox)).toEqual([]);
  });

  it('publishes nothing of a transaction that failed', async () => {
    const { db } = database;
    const failed = db.transaction(async (tx) => {
      await appendOutbox(tx, [{ topic: 'claims', key: 'claim:x', value: null }]);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await db.transaction(takeOutbox)).toEqual([]);
  });
});
