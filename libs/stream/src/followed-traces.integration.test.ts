import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { expect, it } from '@jest/globals';
import { NO_TRACING, postHash } from '@siaga/runtime';
import { until, useKafka } from '@siaga/testkit';
import { tracingTo } from '../../runtime/dist/tracing-sdk.js';
import { followTraces } from './index.js';

const kafka = useKafka();
const PATIENT = { timeoutMs: 60_000 };
const exporter = new InMemorySpanExporter();
const tracing = tracingTo(new SimpleSpanProcessor({ exporter }), { service: 'test', share: 1 });

it('a trace goes with the messages, over Kafka and on to what follows from them', async () => {
  const { posts, flags } = kafka.topics;
  const id = 'demo:1';
  const source = tracing.begin(id, 'source');
  const value = Buffer.from('{}');
  await kafka.producer.send([
    {
      topic: posts.name,
      messages: [
        { key: id, value, ...(source && { headers: source.headers }) },
        { key: 'demo:2', value },
      ],
    },
  ]);
  source?.end();
  const read = await until(
    'both are there',
    () => {
      const messages = kafka.messages(posts.name);
      // Who follows a topic may begin again.
      return messages.length >= 2 ? messages.slice(0, 2) : undefined;
    },
    PATIENT,
  );
  expect(followTraces(read, NO_TRACING, 'judge').carry([{ key: id, value }])).toEqual([{ key: id, value }]);
  const traces = followTraces(read, tracing, 'judge');
  const outgoing = traces.carry([
    { key: id, value, headers: { own: 'kept' } },
    { key: 'demo:2', value },
  ]);
  await kafka.producer.send([{ topic: flags.name, messages: outgoing }]);
  traces.end();
  const written = await until(
    'the flags are there',
    () => {
      const messages = kafka.messages(flags.name);
      // Who follows a topic may begin again.
      return messages.length >= 2 ? messages.slice(0, 2) : undefined;
    },
    PATIENT,
  );
  expect(written.find(({ key }) => String(key) === 'demo:2')?.headers).toEqual({});
  expect(String(written.find(({ key }) => String(key) === id)?.headers.own)).toBe('kept');
  followTraces(written, tracing, 'record').end();

  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ name }) => name)).toEqual(['source', 'judge', 'record']);
  expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([postHash(id)]));
  expect(spans.slice(1).map((span) => span.parentSpanContext?.spanId)).toEqual(
    spans.slice(0, 2).map((span) => span.spanContext().spanId),
  );
}, 150_000);
