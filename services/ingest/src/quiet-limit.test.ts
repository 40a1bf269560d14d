import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { ingestMetrics } from './metrics.js';
import { expectEvents } from './quiet-limit.js';

const NOW = 1_800_000_000_000;

async function limitsOf(...entries: Parameters<typeof expectEvents>[0][]) {
  const registry = new Registry();
  const metrics = ingestMetrics(registry);
  const stops = entries.map((entry) => expectEvents(entry, metrics, () => NOW));
  const read = async (name: string) =>
    ((await registry.getSingleMetric(name)?.get())?.values ?? []).map(({ labels, value }) => [labels.source, value]);
  return { stops, read };
}

test('what never pauses has a limit, a file has none, and an entry may name its own', async () => {
  const { read } = await limitsOf(
    { name: 'sky', kind: 'jetstream' } as never,
    { name: 'spill', kind: 'file', path: 'a.ndjson' },
    { name: 'kabar', kind: 'feed', url: 'https://kabar.invalid/rss', quietSeconds: 7_200 },
  );
  expect(await read('siaga_ingest_source_quiet_limit_seconds')).toEqual([
    ['sky', 300],
    ['kabar', 7_200],
  ]);
  // Silence is counted from the beginning, for what has never brought anything.
  expect(await read('siaga_ingest_last_event_timestamp_seconds')).toEqual([
    ['sky', NOW / 1000],
    ['kabar', NOW / 1000],
  ]);
});

test('a source that is read no more may be silent', async () => {
  const { read, stops } = await limitsOf({ name: 'sky', kind: 'jetstream' } as never);
  stops.forEach((stop) => stop());
  expect(await read('siaga_ingest_source_quiet_limit_seconds')).toEqual([]);
});
