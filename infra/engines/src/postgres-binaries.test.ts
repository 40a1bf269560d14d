import { expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { reachableByOthers } from './postgres-binaries.js';

test('a folder is reachable when every folder above it may be entered by anyone', () => {
  const outer = mkdtempSync(path.join(os.tmpdir(), 'siaga-reach-'));
  const inner = path.join(outer, 'inner', 'not yet there');
  mkdirSync(path.dirname(inner));
  chmodSync(outer, 0o700);
  expect(reachableByOthers(inner)).toBe(false);
  chmodSync(outer, 0o755);
  expect(reachableByOthers(inner)).toBe(true);
});
