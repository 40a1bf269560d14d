import { expect, test } from '@jest/globals';
import { FAULT_KINDS, planFaults } from './plan-faults.js';

const RUN_MS = 600_000;
const processes = ['ingest', 'classify', 'notify', 'platform'];
const planned = (seed: number) => planFaults(seed, { runMs: RUN_MS, processes });

test('a seed is a schedule: in order, of every kind, with nothing at the end', () => {
  const faults = planned(7);
  expect(planned(7)).toEqual(faults);
  expect(planned(8)).not.toEqual(faults);
  expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(FAULT_KINDS));
  expect(faults.map(({ atMs }) => atMs)).toEqual(faults.map(({ atMs }) => atMs).sort((a, b) => a - b));
  expect(Math.max(...faults.map(({ atMs, lastsMs }) => atMs + lastsMs))).toBeLessThanOrEqual(RUN_MS - 60_000);
});

test('processes are struck among those that there are, and the platform keeps its time', () => {
  for (const { kind, target } of planned(3)) {
    if (kind === 'kill -9' || kind === 'freeze') expect(processes).toContain(target);
    else if (kind === 'clock wrong') expect(['ingest', 'classify', 'notify']).toContain(target);
    else expect(['', 'kafka', 'postgres']).toContain(target);
  }
});

test('strikes only as it is told', () => {
  const some = planFaults(1, { runMs: RUN_MS, processes, kinds: ['disk full'] });
  expect(new Set(some.map(({ kind }) => kind))).toEqual(new Set(['disk full']));
});
