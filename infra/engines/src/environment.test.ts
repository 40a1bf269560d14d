import { expect, test } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { engineEnvironment } from './environment.js';

const home = mkdtempSync(path.join(os.tmpdir(), 'siaga home '));

test('the cache is where its variable says, else where XDG says, else below the home folder', () => {
  const chosen = path.join(home, 'chosen');
  expect(engineEnvironment({ HOME: home, SIAGA_CACHE: chosen }).cacheFolder).toBe(chosen);
  expect(engineEnvironment({ HOME: home, XDG_CACHE_HOME: home }).cacheFolder).toBe(path.join(home, 'siaga'));
  expect(engineEnvironment({ HOME: home }).cacheFolder).toBe(path.join(home, '.cache', 'siaga'));
});

test('a home folder that cannot be written moves the cache and the Maven repository into the state folder', () => {
  const environment = engineEnvironment({ HOME: '/dev/null' }, '/dev/null');
  expect(environment.cacheFolder.endsWith(path.join('.siaga', 'cache'))).toBe(true);
  expect(environment.mavenLocalRepository).toBe(path.join(environment.cacheFolder, 'm2'));
});

test("Maven's repository is where the user database says that home is, for Java knows no HOME", () => {
  expect(engineEnvironment({ HOME: '/dev/null' }, home).mavenLocalRepository).toBeUndefined();
  expect(engineEnvironment({ HOME: home }, '/dev/null').mavenLocalRepository).toBeDefined();
});
