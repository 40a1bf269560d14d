import { expect, test } from '@jest/globals';
import { parseOptions, usualWorkers } from './options.js';

test('without options the demo plays for ever', () => {
  const { workers, ...rest } = parseOptions([]);
  expect(rest).toEqual({ help: false, once: false, jsonLogs: false, posts: { kind: 'demo' }, prometheus: undefined });
  expect(workers).toBeGreaterThanOrEqual(1);
});

test.each([
  [['--posts', 'a.ndjson', '--once'], { kind: 'file', file: 'a.ndjson' }],
  [['--posts', '-'], { kind: 'stdin' }],
  [['--feed', 'https://example.org/rss'], { kind: 'feed', url: 'https://example.org/rss' }],
  [['--empty'], { kind: 'nothing' }],
])('%j', (args, posts) => {
  expect(parseOptions(args).posts).toEqual(posts);
});

test.each([
  [['--onec'], /Unknown option '--onec'; npm start -- --help/],
  [['stray'], /Unexpected argument 'stray'/],
  [['--posts'], /--posts/],
  [['--feed', 'ftp://x'], /--feed needs an http or https URL, not "ftp:\/\/x"/],
  [['--workers', '0'], /--workers takes a whole number from 1 to 6, the partitions that they share, not "0"/],
  [['--alert-speed', '9'], /--alert-speed is for --with-prometheus/],
  [['--with-prometheus', '--alert-speed', '0'], /--alert-speed takes a whole number from 1 to 1000, not "0"/],
  [['--empty', '--posts', 'x'], /--posts and --empty exclude each other/],
  [['--once', '--empty'], /--once ends when every post is through, and --empty has no last post/],
])('%j is refused in one line, with exit code 2', (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
  expect(() => parseOptions(args)).toThrow(expect.objectContaining({ exitCode: 2 }));
  expect(() => parseOptions(args)).not.toThrow(/\n/);
});

test('Prometheus runs when it is asked for', () => {
  expect(parseOptions(['--with-prometheus']).prometheus).toEqual({ speed: 1 });
  expect(parseOptions(['--with-prometheus', '--alert-speed', '30']).prometheus).toEqual({ speed: 30 });
});

test.each([
  ['a core each', 4, 16, 4],
  ['no more than partitions', 64, 256, 6],
  ['a gigabyte each', 8, 2.5, 2],
  ['one at least', 8, 0.2, 1],
])('classify workers: %s', (_rule, cores, freeGb, workers) => {
  expect(usualWorkers(cores, freeGb * 2 ** 30)).toBe(workers);
});
