import { expect, test } from '@jest/globals';
import { existsSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEngine, type EngineCommand } from './engine-process.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'siaga-engine-'));

const engine = (script: string, ready: () => Promise<boolean>): EngineCommand => ({
  name: 'Engine',
  command: process.execPath,
  args: ['-e', script],
  options: {},
  logFile: path.join(folder, 'engine.log'),
  stopSignal: 'SIGTERM',
  isReady: ready,
  readyTimeoutMs: 10_000,
  stopTimeoutMs: 300,
});

const forEver = 'setInterval(() => {}, 1000)';

test('one that ends while starting is told with the last lines of its log', async () => {
  const failing = engine('console.error("no such disk"); process.exit(3)', async () => false);
  await expect(startEngine(failing)).rejects.toThrow(/Engine ended with 3 while starting[^]*no such disk/);
});

test('one whose command is missing is told', async () => {
  const missing = { ...engine('', async () => false), command: '/nowhere/engine' };
  await expect(startEngine(missing)).rejects.toThrow('Engine cannot be started: spawn /nowhere/engine ENOENT');
});

test('stops when asked, and is gone when stop resolves', async () => {
  const running = await startEngine(engine(forEver, async () => true));
  await running.stop();
  expect(await running.exited).toEqual({ code: null, signal: 'SIGTERM' });
  await running.stop();
});

test('is killed when it does not stop in time', async () => {
  const mark = path.join(folder, 'deaf');
  const deaf = `process.on("SIGTERM", () => {}); require("fs").writeFileSync(${JSON.stringify(mark)}, ""); ${forEver}`;
  const running = await startEngine(engine(deaf, async () => existsSync(mark)));
  await running.stop();
  expect(await running.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('an abort while it starts ends it', async () => {
  const abort = new AbortController();
  const starting = startEngine({ ...engine(forEver, async () => (abort.abort(), false)), signal: abort.signal });
  await expect(starting).rejects.toThrow('Engine was asked to stop while starting');
});
