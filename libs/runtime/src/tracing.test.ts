import { execFileSync } from 'node:child_process';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { expect, test } from '@jest/globals';
import { NO_TRACING, openTracing, postHash } from './index.js';
import { tracingTo } from './tracing-sdk.js';

function memory(share: number) {
  const exporter = new InMemorySpanExporter();
  return { exporter, tracing: tracingTo(new SimpleSpanProcessor({ exporter }), { service: 'test', share }) };
}

test('steps of a post are one trace, each under the one that it follows, by header or by the id alone', () => {
  const { exporter, tracing } = memory(1);
  const first = tracing.begin('demo:1', 'source');
  const second = tracing.follow(first?.headers.traceparent, 'judge', { model: 'm' });
  second?.end('scored');
  tracing.resume('demo:1', 'deliver')?.end();
  first?.end();
  const [judge, deliver, source] = exporter.getFinishedSpans();
  expect(source?.spanContext().traceId).toBe(postHash('demo:1'));
  expect(source?.parentSpanContext).toBeUndefined();
  for (const later of [judge, deliver]) {
    expect(later?.spanContext().traceId).toBe(postHash('demo:1'));
    expect(later?.parentSpanContext?.spanId).toBe(source?.spanContext().spanId);
  }
  expect(judge?.attributes).toEqual({ model: 'm', 'siaga.outcome': 'scored' });
});

test('a share of the posts is traced, the same ones everywhere', () => {
  const [one, other] = [memory(0.25).tracing, memory(0.25).tracing];
  const posts = Array.from({ length: 2_000 }, (_none, i) => `demo:${i}`);
  const traced = posts.filter((id) => one.begin(id, 'source'));
  expect(traced.length / posts.length).toBeCloseTo(0.25, 1);
  expect(posts.filter((id) => other.resume(id, 'deliver'))).toEqual(traced);
});

test('what no trace begins with, or is told not to be one, is not followed', () => {
  const { tracing } = memory(1);
  const [trace, span] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
  for (const header of [undefined, '', 'x'.repeat(5_000), `00-${trace}-${span}-00`, `00-${'0'.repeat(32)}-${span}-01`])
    expect(tracing.follow(header, 'judge')).toBeUndefined();
  expect(tracing.follow(`00-${trace}-${span}-01`, 'judge')).toBeDefined();
});

test('off, nothing of the SDK is loaded', async () => {
  expect(await openTracing('test', { share: 0, url: 'http://127.0.0.1:1' })).toBe(NO_TRACING);
  const loaded = (share: number) =>
    execFileSync(
      process.execPath,
      [
        ...['--input-type=module', '-e'],
        `import { openTracing } from './libs/runtime/dist/index.js';
         import module from 'node:module';
         await openTracing('test', { share: ${share}, url: 'http://127.0.0.1:1' });
         console.log(Object.keys(module._cache).filter((file) => file.includes('opentelemetry/sdk-trace')).length);`,
      ],
      { encoding: 'utf8' },
    ).trim();
  // prom-client brings the API of it, which is next to nothing.
  expect(loaded(0)).toBe('0');
  expect(Number(loaded(1))).toBeGreaterThan(0);
});
