import { expect, it } from '@jest/globals';
import { createLogger } from '@siaga/runtime';
import { until, useKafka } from '@siaga/testkit';
import { connectProducer, readSpans, topicSpan, type StreamMessage, type TopicSpan } from './index.js';

const kafka = useKafka();

const send = (values: readonly string[]) =>
  kafka.producer.send([
    { topic: kafka.topics.posts.name, messages: values.map((value) => ({ key: value, value: Buffer.from(value) })) },
  ]);

/** Waits until all of it is readable, and tells the instant after the last message. */
async function sent(values: readonly string[]): Promise<number> {
  await send(values);
  const known = () => kafka.messages(kafka.topics.posts.name);
  await until('what was sent can be read', () => values.every((v) => known().some(({ value }) => String(value) === v)));
  const last = Math.max(...known().map(({ timestamp }) => timestamp));
  return until('the clock has moved on', () => (Date.now() > last + 1 ? last + 1 : undefined));
}

/** Each once: a produce that a busy broker answered too late was sent again. */
async function read(span: TopicSpan | undefined): Promise<string[]> {
  const values = new Set<string>();
  await readSpans(kafka.options, span ? [span] : [], (messages) => {
    for (const { value } of messages) values.add(String(value));
  });
  return [...values].sort();
}

it('reads what a topic held between two instants, and nothing else', async () => {
  const numbers = (name: string, count: number) => Array.from({ length: count }, (_none, i) => `${name}-${i}`).sort();
  const afterFirst = await sent(numbers('first', 40));
  const afterSecond = await sent(numbers('second', 60));
  await sent(numbers('third', 5));
  const topic = kafka.topics.posts.name;
  const second = await topicSpan(kafka.options, topic, { from: afterFirst, to: afterSecond });
  const all = await topicSpan(kafka.options, topic, { from: 0 });
  const future = await topicSpan(kafka.options, topic, { from: Date.now() + 3_600_000 });
  const inverted = await topicSpan(kafka.options, topic, { from: afterSecond, to: afterFirst });
  await send(['written after the look']);

  expect([future?.messages, inverted?.messages]).toEqual([0, 0]);
  expect(second?.messages).toBeGreaterThanOrEqual(60);
  expect(all?.messages).toBeGreaterThanOrEqual(105);
  expect(second?.truncated).toBe(false);
  await expect(read(second)).resolves.toEqual(numbers('second', 60));
  await expect(read(all)).resolves.toHaveLength(105);
  await expect(read(future)).resolves.toEqual([]);
  await expect(topicSpan(kafka.options, `${topic}-missing`, { from: 0 })).resolves.toBeUndefined();
});

it('ends with what the reader threw, and at once when it is asked to stop', async () => {
  await sent(['to be refused']);
  const span = (await topicSpan(kafka.options, kafka.topics.posts.name, { from: 0 })) as TopicSpan;
  const options = { ...kafka.options, log: createLogger('test', 'silent') };
  const refuse = (_messages: readonly StreamMessage[]) => {
    throw new Error('refused');
  };
  await expect(readSpans(options, [span], refuse)).rejects.toThrow('refused');
  const stop = new AbortController();
  const stopped = readSpans({ ...options, signal: stop.signal }, [span], () => stop.abort(new Error('stopped')));
  await expect(stopped).rejects.toThrow('stopped');
});

it('gives up soon on a broker that is not there, when told to', async () => {
  const nobody = { brokers: '127.0.0.1:1', clientId: 'test', log: createLogger('test', 'silent'), retries: 1 };
  await expect(topicSpan(nobody, 'any', { from: 0 })).rejects.toThrow();
  await expect(connectProducer(nobody)).rejects.toThrow();
});
