import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { processStart } from './process-start.js';
import { recordedPid, takeRunFolder } from './run-folder.js';

const folder = () => mkdtempSync(path.join(os.tmpdir(), 'siaga-run-'));
const nobody = () => {
  throw new Error('there is no leftover');
};

test('one fleet at a time', async () => {
  const place = folder();
  const run = await takeRunFolder(place, nobody);
  await expect(takeRunFolder(place, nobody)).rejects.toThrow(
    /^a fleet is already running here \(process \d+\): stop it first/,
  );
  run.release();
  (await takeRunFolder(place, nobody)).release();
});

test('a lock of a process that is gone, or of another with its number, does not count', async () => {
  const place = folder();
  writeFileSync(path.join(place, 'supervisor.json'), JSON.stringify({ pid: process.pid, start: 'another time' }));
  (await takeRunFolder(place, nobody)).release();
  expect(readdirSync(place)).toEqual([]);
});

test('what a killed supervisor left running is ended, but not a stranger that got its number', async () => {
  const place = folder();
  const [leftover, stranger] = [0, 1].map(() => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']));
  await Promise.all([leftover, stranger].map((child) => once(child!, 'spawn')));
  const killed = await takeRunFolder(place, nobody);
  killed.record('feed', leftover!.pid!, 'SIGTERM');
  expect(recordedPid(place, 'feed')).toBe(leftover!.pid);
  writeFileSync(
    path.join(place, 'notify.json'),
    JSON.stringify({ pid: stranger!.pid, start: '1', stopSignal: 'SIGTERM' }),
  );
  killed.release();

  const ended: string[] = [];
  const run = await takeRunFolder(place, (name) => ended.push(name));
  expect(ended).toEqual(['feed']);
  expect(processStart(leftover!.pid!)).toBeUndefined();
  expect(processStart(stranger!.pid!)).toBeDefined();
  expect(recordedPid(place, 'notify')).toBeUndefined();
  run.release();
  stranger!.kill('SIGKILL');
});
