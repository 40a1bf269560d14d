import { expect, test } from '@jest/globals';
import { createLogger } from '@siaga/runtime';
import { until, useKafka } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { startBatchConsumer } from './consumer.js';
import { brokerMetrics, streamMetrics } from './metrics.js';
import { done } from './outcome.js';
import { watchBroker } from './watch-broker.js';

const kafka = useKafka();
const log = createLogger('test', 'silent');

test('sees from outside how far a group is behind, and that it has caught up', async () => {
  const registry = new Registry();
  const metrics = brokerMetrics(registry);
  const topic = kafka.topics.claims.name;
  const groupId = `${kafka.prefix}.watched`;
  const crashes: unknown[] = [];
  const watching = watchBroker(
    { ...kafka.options, log },
    { groups: [{ groupId, topic }], metrics, pauseMs: 100 },
    (error) => crashes.push(error),
  );
  const value = async (name: string) => {
    const [found] = (await registry.getSingleMetric(name)?.get())?.values ?? [];
    return found?.value;
  };
  await kafka.producer.send([{ topic, messages: [1, 2, 3].map((n) => ({ key: String(n), value: Buffer.from('x') })) }]);
  await until('three messages are behind', async () => (await value('siaga_stream_group_lag_messages')) === 3);
  await until('and getting old', async () => ((await value('siaga_stream_group_lag_seconds')) ?? 0) > 0.2);
  expect(await value('siaga_stream_group_members')).toBe(0);
  expect(await value('siaga_stream_brokers')).toBe(1);
  expect(await value('siaga_stream_under_replicated_partitions')).toBe(0);

  const consumer = await startBatchConsumer({
    ...{ ...kafka.options, log, groupId, topic, batchSize: 10, producer: kafka.producer },
    deadLetterTopic: kafka.topics.deadLetters.name,
    metrics: streamMetrics(new Registry()),
    step: { name: 'watched', run: async (messages) => messages.map(() => done) },
    onCrash: (error) => crashes.push(error),
  });
  await until('nothing is behind', async () => (await value('siaga_stream_group_lag_messages')) === 0);
  await until('its member is seen', async () => (await value('siaga_stream_group_members')) === 1);
  expect(await value('siaga_stream_group_lag_seconds')).toBe(0);
  await consumer.close();
  await watching.close();
  expect(crashes).toEqual([]);
});
