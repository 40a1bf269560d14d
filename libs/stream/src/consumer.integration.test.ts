import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger, TransientError } from '@siaga/runtime';
import { until, useKafka } from '@siaga/testkit';
import { Registry } from 'prom-client';
import {
  done,
  drop,
  poison,
  readDeadLetter,
  startBatchConsumer,
  streamMetrics,
  type BatchConsumer,
  type BatchStep,
  type StreamMessage,
} from './index.js';

const kafka = useKafka();
const text = (message: StreamMessage) => String(message.value);
const open: BatchConsumer[] = [];

async function consume(groupId: string, run: BatchStep['run'], onCrash = (_error: unknown) => {}) {
  const registry = new Registry();
  const consumer = await startBatchConsumer({
    ...kafka.options,
    log: createLogger('test', 'silent'),
    groupId: `${kafka.prefix}-${groupId}`,
    topic: kafka.topics.posts.name,
    batchSize: 10,
    step: { name: 'test', run },
    producer: kafka.producer,
    deadLetterTopic: kafka.topics.deadLetters.name,
    metrics: streamMetrics(registry),
    onCrash,
  });
  open.push(consumer);
  return { consumer, registry };
}

const send = (values: string[]) =>
  kafka.producer.send([
    { topic: kafka.topics.posts.name, messages: values.map((value) => ({ key: value, value: Buffer.from(value) })) },
  ]);

describe('the batch consumer', () => {
  afterEach(() => Promise.all(open.splice(0).map((consumer) => consumer.close())));

  it('accounts for every message by its outcome, and gives poison to the dead letters untouched', async () => {
    const seen: string[] = [];
    const { registry } = await consume('outcomes', async (messages) =>
      messages.map((message) => {
        seen.push(text(message));
        if (text(message).startsWith('bad')) return poison('not-json', 'why');
        return text(message).startsWith('skip') ? drop('empty-text') : done;
      }),
    );
    const sent = Array.from({ length: 100 }, (_, i) => `${i % 10 === 0 ? 'bad' : i % 10 === 1 ? 'skip' : 'good'}-${i}`);
    await send(sent);
    // At least once: a busy broker may hand a micro-batch out again.
    await until('all are handled', () => new Set(seen).size >= 100);
    expect(new Set(seen)).toEqual(new Set(sent));
    const letters = await until('dead letters', () => {
      const read = kafka.messages(kafka.topics.deadLetters.name);
      return new Set(read.map(text)).size >= 10 ? read : undefined;
    });
    expect(new Set(letters.map(text))).toEqual(new Set(sent.filter((value) => value.startsWith('bad'))));
    const letter = letters[0] as StreamMessage;
    expect(readDeadLetter(letter)).toMatchObject({ reason: 'not-json', step: 'test', topic: kafka.topics.posts.name });
    expect(String(letter.key)).toBe(text(letter));
    const metric = await registry.getSingleMetricAsString('siaga_stream_messages_total');
    expect(Number(/outcome="poison"\} (\d+)/.exec(metric)?.[1])).toBeGreaterThanOrEqual(10);
  });

  it('tries a micro-batch again after a transient error and loses nothing', async () => {
    let failures = 2;
    const seen: string[] = [];
    await send(['once-more']);
    await consume('transient', async (messages) => {
      if (failures-- > 0) throw new TransientError('database is away');
      seen.push(...messages.map(text));
      return messages.map(() => done);
    });
    await until('it was handled', () => seen.includes('once-more'));
  });

  it('commits nothing after an unknown error: the next member gets the message', async () => {
    const crashes: unknown[] = [];
    await send(['poisonous']);
    const first = await consume(
      'crash',
      async (messages) => {
        if (messages.some((message) => text(message) === 'poisonous')) throw new Error('a bug of ours');
        return messages.map(() => done);
      },
      (error) => crashes.push(error),
    );
    await until('it crashed', () => crashes.length > 0);
    expect(crashes).toEqual([new Error('a bug of ours')]);
    expect(first.consumer.joined()).toBe(false);
    await first.consumer.close();
    const seen: string[] = [];
    await consume('crash', async (messages) => {
      seen.push(...messages.map(text));
      return messages.map(() => done);
    });
    await until('the next member got it', () => seen.includes('poisonous'));
  });

  it('does not see committed messages again after a restart', async () => {
    const seen: string[] = [];
    const step: BatchStep['run'] = async (messages) => {
      seen.push(...messages.map(text));
      return messages.map(() => done);
    };
    await send(['before']);
    const first = await consume('restart', step);
    await until('handled', () => seen.includes('before'));
    await first.consumer.close();
    await send(['after']);
    await consume('restart', step);
    await until('handled', () => seen.includes('after'));
    expect(seen.filter((value) => value === 'before')).toHaveLength(1);
  });
});
