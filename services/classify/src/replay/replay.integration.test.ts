import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { flagCodec, postCodec, verdictCodec, type Category, type Post } from '@siaga/contracts';
import { ACTIVE_MODEL_DIR } from '@siaga/models';
import { committedOffsets } from '@siaga/stream';
import { aPost, until, useKafka, useServices } from '@siaga/testkit';
import type { ReplayReport } from './replay.js';

const kafka = useKafka();
const services = useServices();
const PROGRAM = path.resolve(import.meta.dirname, '../../dist/replay/main.js');
let folder: string;
/** A process each time, on a machine that may be busy with others. */
const PATIENCE_MS = 240_000;

const INSULTS = [
  'dasar goblok tolol, muka lu kayak babi, mati aja lu anjing',
  'lu itu sampah, jelek, bodoh, nggak ada gunanya hidup',
];
const CALM = ['Resep rendang ibu memang paling enak, besok masak lagi.', 'Cuaca cerah di Bandung pagi ini.'];

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function runReplay(...args: string[]): Promise<Ended> {
  const all = [PROGRAM, '--brokers', kafka.brokers, '--prefix', kafka.prefix, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, all, { encoding: 'utf8', maxBuffer: 10_000_000 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });
}

async function aThresholdsFile(thresholds: object): Promise<string> {
  const file = path.join(folder, `thresholds-${JSON.stringify(thresholds).length}.json`);
  await writeFile(file, JSON.stringify(thresholds));
  return file;
}

const send = (posts: readonly Post[]) =>
  kafka.producer.send([
    {
      topic: kafka.topics.posts.name,
      messages: posts.map((post) => ({ key: post.id, value: postCodec.encode(post) })),
    },
  ]);

const count = (topic: string) => kafka.messages(topic).length;
/** Posts, not messages: one of the posts came twice. */
const flagsOf = (category: string) =>
  new Set(
    kafka.messages(kafka.topics.flags.name).flatMap(({ value }) => {
      const flag = flagCodec.decode(value);
      return flag.ok && flag.value.category === category ? [flag.value.post.id] : [];
    }),
  ).size;

/** Posts whose score in the fleet's own verdicts reaches a threshold. */
const reaching = (category: Category, threshold: number) =>
  new Set(
    kafka.messages(kafka.topics.verdicts.name).flatMap(({ value }) => {
      const verdict = verdictCodec.decode(value);
      return verdict.ok && (verdict.value.scores?.[category] ?? 0) >= threshold ? [verdict.value.id] : [];
    }),
  ).size;

/** The shipped model, which flags every post for bullying; `shipped`: from which score it does as it is. */
async function anEagerModel(): Promise<{ dir: string; shipped: number }> {
  const dir = path.join(folder, 'eager');
  await cp(ACTIVE_MODEL_DIR, dir, { recursive: true });
  const file = path.join(dir, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { thresholds: Record<Category, { flag: number }> };
  const shipped = manifest.thresholds.bullying.flag;
  manifest.thresholds.bullying.flag = 1e-9;
  await writeFile(file, JSON.stringify(manifest));
  return { dir, shipped };
}

let shippedThreshold: number;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-replay-'));
  const { dir, shipped } = await anEagerModel();
  shippedThreshold = shipped;
  const env = { SIAGA_MODEL_DIR: dir, SIAGA_KAFKA_BROKERS: kafka.brokers, SIAGA_TOPIC_PREFIX: kafka.prefix };
  const classify = await services.start('classify', env);
  const posts = [...INSULTS, ...CALM, '  \n '].map((text, i) => aPost({ id: `demo:replay-${i}`, text }));
  await send([...posts, posts[0] as Post]);
  await kafka.producer.send([
    { topic: kafka.topics.posts.name, messages: [{ key: 'broken', value: Buffer.from('{') }] },
  ]);
  await until('every post has its verdict', () => count(kafka.topics.verdicts.name) === 6, { timeoutMs: 100_000 });
  await until('the dead letter is written', () => count(kafka.topics.deadLetters.name) === 1, { timeoutMs: 100_000 });
  await classify.stop();
}, PATIENCE_MS);

describe('npm run replay', () => {
  it(
    'finds what other thresholds would gain and lose, and leaves the fleet as it was',
    async () => {
      const group = `${kafka.prefix}.classify`;
      const before = await committedOffsets(kafka.options, group, kafka.topics.posts.name);
      const topics = Object.values(kafka.topics).map(({ name }) => name);
      const written = topics.map(count);
      expect(Object.values(before).reduce((sum, offset) => sum + Math.max(0, offset), 0)).toBe(7);
      expect(flagsOf('bullying')).toBe(4);
      const lost = 4 - reaching('bullying', shippedThreshold);
      expect(lost).toBeGreaterThanOrEqual(1);

      // Every score reaches this one.
      const thresholds = await aThresholdsFile({ hoax: { flag: 1e-9 } });
      const report = path.join(folder, 'report');
      const { code, out, err } = await runReplay(
        ...['--from', '2026-11-01T00:00Z', '--model', ACTIVE_MODEL_DIR, '--thresholds', thresholds],
        ...['--json', '--report', report],
      );
      expect({ code, err }).toMatchObject({ code: 0 });
      const { categories, posts, days, thresholds: used, ...rest } = JSON.parse(out) as ReplayReport;
      expect(posts).toEqual({ read: 7, repeated: 1, unreadable: 1, dropped: 1, withoutVerdict: 0 });
      expect(rest).toMatchObject({ compared: 4, model: { name: 'siaga-text' }, window: { truncated: false } });
      expect(categories.hoax).toMatchObject({ after: 4, gained: 4 - flagsOf('hoax'), lost: 0 });
      expect(categories.bullying).toMatchObject({ before: 4, after: 4 - lost, gained: 0, lost });
      expect(categories.hate).toMatchObject({ gained: 0, lost: 0 });
      // The same model: its scores have not moved.
      for (const { stabilityIndex } of Object.values(categories)) expect(stabilityIndex).toBeCloseTo(0);
      expect(categories.bullying.examples.lost.map(({ text }) => text)).toEqual(expect.arrayContaining(CALM));
      expect(days.map(({ hoax }) => hoax.after)).toEqual([4]);
      expect(used.hate).toBeGreaterThan(0.5);

      const items = (await readFile(path.join(report, 'items.ndjson'), 'utf8')).trim().split('\n');
      expect(items).toHaveLength(categories.hoax.gained + lost);
      await expect(readFile(path.join(report, 'report.txt'), 'utf8')).resolves.toContain('bullying, lost');
      expect(JSON.parse(await readFile(path.join(report, 'report.json'), 'utf8'))).toEqual(JSON.parse(out));

      await expect(committedOffsets(kafka.options, group, kafka.topics.posts.name)).resolves.toEqual(before);
      expect(topics.map(count)).toEqual(written);
    },
    PATIENCE_MS,
  );

  it(
    'says what is wrong in one line: window, model, thresholds',
    async () => {
      const same = ['--model', ACTIVE_MODEL_DIR];
      const cases: [args: string[], code: number, message: RegExp][] = [
        [['--from', '2030-01-01', ...same], 1, /no posts reached .*posts from 2030-01-01/],
        [['--from', '2026-11-01', '--model', path.join(folder, 'nowhere')], 1, /cannot read .*nowhere/],
        [['--from', '2026-11-01', '--thresholds', await aThresholdsFile({ hate: 2 })], 2, /holds no thresholds/],
        [['--from', 'yesterday', ...same], 2, /--from yesterday is no instant/],
        [['--from', '2026-11-01'], 2, /nothing to compare with/],
        [['--from', '2026-11-01', ...same, '--prefix', 'another'], 1, /there is no topic another.posts/],
      ];
      for (const [args, code, message] of cases) {
        const ended = await runReplay(...args);
        expect({ code: ended.code, err: ended.err }).toEqual({ code, err: expect.stringMatching(message) });
        expect(ended.err.trim().split('\n')).toHaveLength(1);
        expect(ended.out).toBe('');
      }
    },
    PATIENCE_MS,
  );
});
