import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { topicsOf, type Topics } from '@siaga/contracts';
import { createLogger } from '@siaga/runtime';
import {
  connectProducer,
  ensureTopics,
  followTopics,
  type StreamMessage,
  type StreamOptions,
  type StreamProducer,
} from '@siaga/stream';
import { addressOf } from './engine-addresses.js';

export interface TestKafka {
  readonly brokers: string;
  /** Unique to the test file, as a service takes it in `SIAGA_TOPIC_PREFIX`. */
  readonly prefix: string;
  readonly topics: Topics;
  readonly options: StreamOptions;
  readonly producer: StreamProducer;
  /** All that has been read so far of a topic, from its beginning. */
  messages(topic: string): readonly StreamMessage[];
}

/** The fleet's topics under a prefix of this test file's own. Call it at the top level of the file. */
export function useKafka(): TestKafka {
  const prefix = `test-${randomUUID().slice(0, 8)}`;
  const topics = topicsOf(prefix);
  const read = new Map<string, StreamMessage[]>(Object.values(topics).map((topic) => [topic.name, []]));
  const started: { options?: StreamOptions; producer?: StreamProducer; close?: () => Promise<void> } = {};
  beforeAll(async () => {
    const options = { brokers: addressOf('brokers'), clientId: prefix, log: createLogger('test', 'error') };
    await ensureTopics(options, Object.values(topics));
    started.options = options;
    started.producer = await connectProducer(options);
    const follower = await followTopics({ ...options, topics: [...read.keys()] }, (messages) => {
      for (const message of messages) read.get(message.topic)?.push(message);
    });
    started.close = follower.close;
  });
  afterAll(async () => {
    await started.close?.();
    await started.producer?.close();
  });
  const ready = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('Kafka can be used from the first beforeAll on');
    return value;
  };
  return {
    prefix,
    topics,
    get brokers() {
      return ready(started.options).brokers;
    },
    get options() {
      return ready(started.options);
    },
    get producer() {
      return ready(started.producer);
    },
    messages: (topic) => read.get(topic) ?? [],
  };
}
