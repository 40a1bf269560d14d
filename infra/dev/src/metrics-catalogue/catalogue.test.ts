import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import { CATALOGUE_FILE, catalogueText } from './markdown-file.js';
import { namingFaults } from './naming-faults.js';
import { metricGroups, processMetrics, type CataloguedMetric } from './registries.js';

const all = metricGroups().flatMap(({ metrics }) => metrics);
const metric = (name: string, type: CataloguedMetric['type'], help: string) => ({ name, type, help, labels: [] });

describe('docs/metrics.md', () => {
  it('says what the services declare: else npm run metrics-catalogue', () => {
    expect(readFileSync(CATALOGUE_FILE, 'utf8')).toBe(catalogueText());
  });

  it('has every metric once', () => {
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(70);
    expect(processMetrics().map(({ name }) => name)).toContain('process_resident_memory_bytes');
  });
});

describe('every metric', () => {
  test('has a help text, and a name that says its unit', () => {
    expect(all.flatMap(namingFaults)).toEqual([]);
  });

  test.each([
    ['no help', metric('siaga_feed_things', 'gauge', ' ')],
    ['a counter without _total', metric('siaga_feed_things', 'counter', 'Things that were done')],
    ['a gauge with it', metric('siaga_feed_things_total', 'gauge', 'Things that are there')],
    ['milliseconds', metric('siaga_feed_wait_ms', 'gauge', 'Waits of all clients')],
    ['a histogram without a unit', metric('siaga_feed_things', 'histogram', 'Things of a request')],
    ['a time that is not in seconds', metric('siaga_feed_waits', 'gauge', 'Time until an answer')],
    ['a moment that does not say so', metric('siaga_feed_last_seconds', 'gauge', 'Unix time of the last answer')],
    ['a share that does not say so', metric('siaga_feed_misses', 'gauge', 'Share of the requests that miss')],
    ['another prefix', metric('feed_things', 'gauge', 'Things that are there')],
    ['the end of a histogram', metric('siaga_feed_thing_count', 'gauge', 'Things that are there')],
  ])('would be told of %s', (_what, wrong) => {
    expect(namingFaults(wrong)).toHaveLength(1);
  });
});
