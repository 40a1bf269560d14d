import { expect, test } from '@jest/globals';
import { CANARY_PLATFORM, isCanary, postCodec } from '@siaga/contracts';
import { createLogger } from '@siaga/runtime';
import { until, useKafka } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { startCanary } from './canary.js';
import { ingestMetrics } from './metrics.js';

const kafka = useKafka();

test('a synthetic post goes out every so often, each under an id of its own', async () => {
  const registry = new Registry();
  const crashes: unknown[] = [];
  const { producer, topics } = kafka;
  const options = {
    everyMs: 50,
    producer,
    topics,
    metrics: ingestMetrics(registry),
    log: createLogger('test', 'silent'),
  };
  const canary = startCanary(options, (error) => crashes.push(error));
  const sent = await until('three are on the topic', () => {
    const messages = kafka.messages(topics.posts.name);
    return messages.length >= 3 ? messages : undefined;
  });
  await canary.close();
  const posts = sent.map(({ value }) => postCodec.decode(value));
  expect(posts.every((post) => post.ok && isCanary(post.value) && post.value.source === CANARY_PLATFORM)).toBe(true);
  expect(new Set(posts.map((post) => post.ok && post.value.id)).size).toBe(sent.length);
  expect(await registry.metrics()).toMatch(/^siaga_ingest_canaries_total [3-9]$/m);
  expect(crashes).toEqual([]);
});
