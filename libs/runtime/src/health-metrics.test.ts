import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { gaugeChecks, gaugeDisk } from './health-metrics.js';

test('what is usable is 1, what is not is 0, whenever somebody scrapes', async () => {
  const registry = new Registry();
  let isUp = true;
  const database = async () => {
    if (!isUp) throw new Error('down');
  };
  gaugeChecks(registry, new Map([['database', database]]));
  expect(await registry.metrics()).toMatch(/^siaga_service_check_ok\{check="database"\} 1$/m);
  isUp = false;
  const text = await registry.metrics();
  expect(text).toMatch(/^siaga_service_check_ok\{check="database"\} 0$/m);
  expect(text).toMatch(/^siaga_service_check_seconds\{check="database"\} 0\.\d+$/m);
});

test('a folder has room, one that is not there has no value', async () => {
  const registry = new Registry();
  gaugeDisk(registry, [tmpdir(), '/nowhere/at/all']);
  const text = await registry.metrics();
  const [free, size] = ['free', 'size'].map((what) =>
    Number(new RegExp(`^siaga_disk_${what}_bytes\\{folder="[^"]+"\\} (\\d+)$`, 'm').exec(text)?.[1]),
  ) as [number, number];
  expect(free).toBeGreaterThan(0);
  expect(size).toBeGreaterThan(free);
  expect(text).not.toContain('nowhere');
});
