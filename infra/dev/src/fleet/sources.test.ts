import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { countPosts, planSource } from './sources.js';
import { stateFolder } from './state-folder.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'siaga sources '));
const options = { state: stateFolder(folder), demoFile: '/demo.ndjson', from: folder };

test('counts lines as ingest does: blank ones are none, broken ones are, an id counts once', async () => {
  const file = path.join(folder, 'posts.ndjson');
  const lines = [
    '{"text":"a"}',
    '',
    '   ',
    '{broken',
    '{"text":"b","id":1}',
    '{"text":"b again","id":"demo:1"}',
    '{"text":"a"}',
    '{"id":1}',
  ];
  writeFileSync(file, lines.join('\n'));
  expect(await countPosts(file)).toEqual({ lines: 6, repeated: 1 });
});

test('a file is found from where the command was called, and read from its beginning', async () => {
  writeFileSync(path.join(folder, 'mine.ndjson'), '{"text":"a"}\n');
  const { entry, fromBeginning } = planSource({ kind: 'file', file: 'mine.ndjson' }, options);
  expect(entry).toEqual({
    name: 'posts',
    kind: 'file',
    path: path.join(folder, 'mine.ndjson'),
    platform: 'demo',
    follow: false,
  });
  expect(fromBeginning).toBe(true);
});

test.each(['nowhere.ndjson', '.'])('%s as a file of posts is one line with the remedy', (file) => {
  expect(() => planSource({ kind: 'file', file }, options)).toThrow(/name a file of NDJSON, or - for standard input$/);
});

test('the committed demo is one that can be counted', async () => {
  const demo = path.join(import.meta.dirname, '..', '..', 'demo-posts.ndjson');
  const { lines, repeated } = await countPosts(demo);
  expect(lines).toBeGreaterThanOrEqual(300);
  expect(repeated).toBe(0);
  expect(() =>
    readFileSync(demo, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).not.toThrow();
});
