import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';

const YEAR_MS = 365 * 24 * 3_600_000;
const PROGRAM = `
  const stat = require('node:fs').statSync('.');
  console.log(JSON.stringify({
    now: Date.now(), made: new Date().getTime(), given: new Date(5).getTime(), copy: new Date(new Date(7)).getTime(),
    isDate: stat.mtime instanceof Date && new Date() instanceof Date, not: ({}) instanceof Date,
  }));`;

test('every date of now is off, every other one is what it was', () => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'siaga-clock-')), 'clock');
  writeFileSync(file, String(YEAR_MS));
  const built = pathToFileURL(path.resolve('infra/dev/dist/chaos/skewed-clock.js'));
  built.searchParams.set('file', file);
  const before = Date.now();
  const said = JSON.parse(
    execFileSync(process.execPath, ['--import', built.href, '-e', PROGRAM], { encoding: 'utf8' }),
  ) as Record<string, number>;
  expect(said).toMatchObject({ given: 5, copy: 7, isDate: true, not: false });
  for (const way of ['now', 'made']) expect(said[way]).toBeGreaterThanOrEqual(before + YEAR_MS);
});
