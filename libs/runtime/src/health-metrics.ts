import { statfs } from 'node:fs/promises';
import type { Registry } from 'prom-client';
import { failureOf, type Check } from './check.js';
import { gaugesFrom } from './gauges-from.js';

/** What `/readyz` finds, for Prometheus: each check is run for real whenever somebody scrapes. */
export function gaugeChecks(registry: Registry, checks: ReadonlyMap<string, Check>): void {
  const run = async ([check, of]: readonly [string, Check]) => {
    const startedAt = performance.now();
    const ok = (await failureOf(of)) === undefined;
    return { check, ok, seconds: (performance.now() - startedAt) / 1000 };
  };
  gaugesFrom(registry, () => Promise.all([...checks].map(run)), [
    {
      name: 'siaga_service_check_ok',
      help: '1 while what the process depends on is usable, by check (kafka, database, consumer group, model, http)',
      labels: ['check'],
      read: (found) => found.map(({ check, ok }) => [Number(ok), { check }]),
    },
    {
      name: 'siaga_service_check_seconds',
      help: 'How long the check took, 2 when it gave no answer',
      labels: ['check'],
      read: (found) => found.map(({ check, seconds }) => [seconds, { check }]),
    },
  ]);
}

/** Room on the file systems that hold `folders`; one that cannot be asked has no value. */
export function gaugeDisk(registry: Registry, folders: readonly string[]): void {
  const look = async (folder: string) => {
    const found = await statfs(folder).catch(() => undefined);
    return found ? [{ folder, ...found }] : [];
  };
  gaugesFrom(registry, async () => (await Promise.all(folders.map(look))).flat(), [
    {
      name: 'siaga_disk_free_bytes',
      help: 'What the process may still write on the file system of a watched folder',
      labels: ['folder'],
      read: (found) => found.map(({ folder, bavail, bsize }) => [bavail * bsize, { folder }]),
    },
    {
      name: 'siaga_disk_size_bytes',
      help: 'Size of the file system of a watched folder',
      labels: ['folder'],
      read: (found) => found.map(({ folder, blocks, bsize }) => [blocks * bsize, { folder }]),
    },
  ]);
}
