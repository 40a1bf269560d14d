import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postCodec, verdictCodec } from '@siaga/contracts';
import { until, useDatabase, useKafka, useServices, type TestService } from '@siaga/testkit';
import { chaosSources, FEED_WINDOW, type ChaosSource } from './chaos-sources.fixture.js';

/** Of each source; npm run accept -- ingest 2 asks for more. */
const POSTS = Number(process.env.SIAGA_CHAOS_POSTS ?? 250);
const CUTS = Number(process.env.SIAGA_CHAOS_CUTS ?? 8);
const KILLS = Number(process.env.SIAGA_CHAOS_KILLS ?? 2);
const GENEROUS = { timeoutMs: 240_000 };

const kafka = useKafka();
const database = useDatabase();
const services = useServices();
let sources: ChaosSource[];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-chaos-'));
  sources = await chaosSources();
  await writeFile(path.join(folder, 'secrets.json'), '{"author-key":"kunci uji"}');
  const entries = sources.map(({ name, entry }) => ({ name, ...entry }));
  await writeFile(path.join(folder, 'sources.json'), JSON.stringify({ sources: entries }));
});
afterAll(() => Promise.all(sources.map((source) => source.close())));

const stream = () => ({ SIAGA_KAFKA_BROKERS: kafka.brokers, SIAGA_TOPIC_PREFIX: kafka.prefix });
const startWorker = (): Promise<TestService> =>
  services.start('ingest', {
    ...stream(),
    SIAGA_DATABASE_URL: database.url,
    SIAGA_SOURCES_FILE: path.join(folder, 'sources.json'),
    SIAGA_SECRETS_FILE: path.join(folder, 'secrets.json'),
    SIAGA_WORKER_ID: 'chaos',
    SIAGA_ALLOW_PRIVATE_ADDRESSES: 'true',
  });

/** Reads on in a topic from where it has read to. */
function reader<T>(topic: string, take: (value: T) => void, decode: (bytes: Buffer | null) => T | undefined) {
  let at = 0;
  return () => {
    const messages = kafka.messages(topic);
    for (; at < messages.length; at++) {
      const value = decode(messages[at]?.value ?? null);
      if (value !== undefined) take(value);
    }
  };
}

/** Ids of the posts by source, how often each came, and the ids that have a verdict. */
function ledger() {
  const posts = new Map(sources.map(({ name }) => [name, new Map<string, number>()]));
  const judged = new Set<string>();
  const readPosts = reader(
    kafka.topics.posts.name,
    ({ id, source }: { id: string; source: string }) => {
      const ids = posts.get(source);
      ids?.set(id, (ids.get(id) ?? 0) + 1);
    },
    (bytes) => valueOf(postCodec.decode(bytes)),
  );
  const readVerdicts = reader(
    kafka.topics.verdicts.name,
    ({ id }: { id: string }) => judged.add(id),
    (bytes) => valueOf(verdictCodec.decode(bytes)),
  );
  return {
    posts: (source: string): number => (readPosts(), posts.get(source)?.size ?? 0),
    repeats: (source: string): number =>
      [...(posts.get(source)?.values() ?? [])].reduce((sum, times) => sum + times - 1, 0),
    unjudged(): string[] {
      readVerdicts();
      return [...posts.values()].flatMap((ids) => [...ids.keys()].filter((id) => !judged.has(id)));
    },
  };
}

const valueOf = <T>(decoded: { ok: true; value: T } | { ok: false }): T | undefined =>
  decoded.ok ? decoded.value : undefined;

/** Spread evenly over the run, so that the last is followed by posts too. */
const moments = (number: number): Set<number> =>
  new Set(Array.from({ length: number }, (_, i) => Math.floor(((i + 0.5) * POSTS) / number)));

describe('sources that break, read by workers that die', () => {
  it(
    'every post arrives and is judged, and only what was under way at a kill arrives twice',
    async () => {
      const seen = ledger();
      const all = (number: number) => () => sources.every(({ name }) => seen.posts(name) === number);
      const classify = await services.start('classify', stream());
      let worker = await startWorker();
      await until('all are followed', () => sources.every(({ isFollowed }) => isFollowed()), GENEROUS);
      const postAll = (n: number) => Promise.all(sources.map((source) => source.post(n)));
      await postAll(1);
      await until('all flow', all(1), GENEROUS);
      const [cuts, kills] = [moments(CUTS), moments(KILLS)];
      for (let n = 2; n <= POSTS; n++) {
        // No faster than somebody who looks at the feed once a second could see.
        await until('the feed is read', () => n - seen.posts('feed') <= FEED_WINDOW / 2, GENEROUS);
        await postAll(n);
        if (n % 20 === 0) await wait(Math.random() * 40);
        if (cuts.has(n)) sources[Math.floor(Math.random() * sources.length)]?.cut();
        if (kills.has(n)) {
          await worker.kill();
          worker = await startWorker();
        }
      }
      await until('all posts', all(POSTS), GENEROUS);
      await until('all verdicts', () => seen.unjudged().length === 0, GENEROUS);
      const repeats = sources.map(({ name }) => `${name} ${seen.repeats(name)}`).join(', ');
      process.stderr.write(
        `chaos: ${POSTS} posts of each of ${sources.length} sources, ${CUTS} cuts, ${KILLS} kills; came again: ${repeats}\n`,
      );
      // Without a kill nothing does; a kill repeats what was sent and not yet behind the cursor, and a source's overlap.
      if (KILLS === 0) for (const { name } of sources) expect(seen.repeats(name)).toBe(0);
      expect(kafka.messages(kafka.topics.deadLetters.name)).toEqual([]);
      expect(await worker.stop()).toBe(0);
      expect(await classify.stop()).toBe(0);
    },
    GENEROUS.timeoutMs * 2,
  );
});
