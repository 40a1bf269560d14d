import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until, useRestartableKafka } from '@siaga/testkit';
import { Registry } from 'prom-client';
import {
  connectProducer,
  done,
  startBatchConsumer,
  streamMetrics,
  type BatchConsumer,
  type StreamProducer,
} from './index.js';

const kafka = useRestartableKafka();
const PATIENT = { timeoutMs: 90_000 };
const seen: string[] = [];
const crashes: unknown[] = [];
let producer: StreamProducer;
let consumer: BatchConsumer;

beforeAll(async () => {
  producer = await connectProducer(kafka.detour);
  consumer = await startBatchConsumer({
    ...kafka.detour,
    ...{ groupId: 'lost', topic: kafka.topics.posts.name, batchSize: 10, producer },
    ...{ deadLetterTopic: kafka.topics.deadLetters.name, metrics: streamMetrics(new Registry()) },
    step: {
      name: 'lost',
      run: async (messages) => messages.map(({ value }) => (seen.push(String(value)), done)),
    },
    onCrash: (error) => crashes.push(error),
  });
});
afterAll(async () => {
  kafka.proxy.cut(1);
  await Promise.all([consumer.close(), producer.close()]);
});

const send = (value: string) =>
  producer.send([{ topic: kafka.topics.posts.name, messages: [{ key: null, value: Buffer.from(value) }] }]);

it('producer and consumer make new connections when those they have are never answered again', async () => {
  await send('before');
  await until('it is there', () => seen.includes('before'), PATIENT);
  expect(kafka.proxy.lose()).toBeGreaterThan(1);
  await send('after');
  await until('that too', () => seen.includes('after'), PATIENT);
  expect(crashes).toEqual([]);
}, 120_000);
