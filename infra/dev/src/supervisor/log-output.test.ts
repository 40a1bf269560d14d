import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { createLogOutput } from './log-output.js';

function output(settings: { json?: boolean; minLevel?: number } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'siaga-logs-'));
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  return {
    folder,
    lines,
    logs: createLogOutput({ folder, colour: false, json: false, minLevel: 30, width: 6, write, ...settings }),
  };
}

const event = (level: number, msg: string) => JSON.stringify({ level, time: '2026-11-24T10:05:03.205Z', msg });

test('puts pieces together to lines and names whose they are', () => {
  const { lines, logs } = output();
  const feed = logs.of('feed');
  feed(event(30, 'one').slice(0, 20));
  feed(`${event(30, 'one').slice(20)}\n${event(30, 'two')}\n`);
  logs.say('hello');
  expect(lines).toEqual(['feed   | 10:05:03 one', 'feed   | 10:05:03 two', 'siaga  | hello']);
});

test('the console shows from a level on, the file everything', () => {
  const { folder, lines, logs } = output({ minLevel: 40 });
  logs.of('feed')(`${event(30, 'one')}\n${event(40, 'two')}\n`);
  expect(lines).toEqual(['feed   | 10:05:03 WARN two']);
  expect(readFileSync(path.join(folder, 'feed.log'), 'utf8').split('\n')).toHaveLength(3);
});

test('JSON can pass through', () => {
  const { lines, logs } = output({ json: true });
  logs.of('feed')(`${event(30, 'one')}\n`);
  expect(lines).toEqual([event(30, 'one')]);
});

test('goes on where the disk is full', () => {
  const { folder, lines, logs } = output();
  symlinkSync('/dev/full', path.join(folder, 'feed.log'));
  logs.of('feed')(`${event(30, 'one')}\n`);
  expect(lines).toEqual(['feed   | 10:05:03 one']);
});
