import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { processStart } from './supervisor/process-start.js';

/** The set-up program in a tree of its own, for it works on the tree that it lies in. */
function tree() {
  const root = mkdtempSync(path.join(os.tmpdir(), 'siaga tree '));
  const dev = path.join(root, 'infra', 'dev');
  mkdirSync(dev, { recursive: true });
  for (const name of ['bootstrap', 'bootstrap.mjs']) {
    cpSync(path.join(import.meta.dirname, '..', name), path.join(dev, name), { recursive: true });
  }
  const state = path.join(root, '.siaga');
  mkdirSync(path.join(state, 'run'), { recursive: true });
  const run = (...args: string[]) => {
    const { status, stderr } = spawnSync(process.execPath, [path.join(dev, 'bootstrap.mjs'), ...args], {
      encoding: 'utf8',
    });
    return { status, said: stderr.trim() };
  };
  return { root, state, run };
}

test.each([[[]], [['strat']], [['constructor']]])('%j is one line with the commands, exit code 2', (args) => {
  const { status, said } = tree().run(...args);
  expect(status).toBe(2);
  expect(said).toMatch(/^siaga \| unknown command ".*": one of start, .*$/);
});

test('reset empties the state folder, and nothing else that a file there may name', () => {
  const { root, state, run } = tree();
  const precious = path.join(root, 'precious');
  mkdirSync(precious);
  writeFileSync(
    path.join(state, 'outside.json'),
    JSON.stringify([precious, `/var/tmp/siaga-postgres-data-/../..${precious}`]),
  );
  expect(run('reset').status).toBe(0);
  expect(readdirSync(state)).toEqual([]);
  expect(existsSync(precious)).toBe(true);
});

test.each(['run', 'once/run'])('reset refuses while a fleet runs in %s', (folder) => {
  const { state, run } = tree();
  mkdirSync(path.join(state, folder), { recursive: true });
  const lock = path.join(state, folder, 'supervisor.json');
  writeFileSync(lock, JSON.stringify({ pid: process.pid, start: processStart(process.pid) }));
  const { status, said } = run('reset');
  expect(status).toBe(1);
  expect(said).toBe(
    `siaga | a fleet is running here (process ${process.pid}): stop it first, with Ctrl-C or "kill ${process.pid}"`,
  );
  expect(existsSync(lock)).toBe(true);
});
