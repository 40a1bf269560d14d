import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { postCodec, verdictCodec } from '@siaga/contracts';
import { committedOffsets, connectProducer, readSpans, topicSpan, type StreamMessage } from '@siaga/stream';
import { aPost, until, useRestartableKafka, useServices, type TestService } from '@siaga/testkit';

const kafka = useRestartableKafka();
const services = useServices();

const POSTS = Number(process.env.SIAGA_CHAOS_POSTS ?? 100_000);
const WORKERS = 2;
const SESSION_MS = 3_000;
const BATCH = 512;
/** Partitions that a worker has in hand at the same time; see start.ts. */
const IN_HAND = 3;

const WORDS =
  'kopi pagi ini enak sekali dan harga beras di pasar naik lagi kata warga desa yang dasar goblok kamu'.split(' ');
const textOf = (i: number) =>
  Array.from({ length: 12 }, (_, k) => WORDS[(i * 7 + k * (1 + (i % 5))) % WORDS.length]).join(' ');

interface Place {
  readonly partition: number;
  readonly offset: number;
}

/** What the group had committed, and how far the verdicts went a moment later. */
interface Sample {
  readonly committed: Readonly<Record<number, number>>;
  readonly written: Readonly<Record<number, number>>;
}

describe('a fleet of classify workers', () => {
  it(
    'gives every post its verdict while workers are killed and paused and the broker is killed',
    async () => {
      const { topics, options, prefix } = kafka;
      const fleet: TestService[] = [];
      const startWorker = async (seat: number) => {
        fleet[seat] = await services.start('classify', {
          SIAGA_KAFKA_BROKERS: options.brokers,
          SIAGA_TOPIC_PREFIX: prefix,
          SIAGA_CLASSIFY_SESSION_MS: String(SESSION_MS),
          SIAGA_CLASSIFY_BATCH: String(BATCH),
          SIAGA_LOG_LEVEL: 'warn',
        });
      };
      const worker = (seat: number) => fleet[seat] as TestService;
      await Promise.all(Array.from({ length: WORKERS }, (_, seat) => startWorker(seat)));

      const kill = (seat: number) => async () => {
        await worker(seat).kill();
        await startWorker(seat);
      };
      const pause = (seat: number) => async () => {
        const { pid } = worker(seat);
        process.kill(pid, 'SIGSTOP');
        await wait(1.5 * SESSION_MS); // the fault itself: longer than the group waits for it
        process.kill(pid, 'SIGCONT');
      };
      const faults = [
        kill(0),
        pause(1),
        kill(1),
        kafka.restart,
        kill(0),
        pause(0),
        kill(1),
        kafka.restart,
        kill(0),
        kill(1),
      ];

      const producer = await connectProducer(options);
      const samples: Sample[] = [];
      // A broker that has just come back may not know yet that it is the group's coordinator.
      const committedNow = () =>
        until('the offsets can be read', () =>
          committedOffsets(options, `${prefix}.classify`, topics.posts.name).catch(() => undefined),
        );
      const sample = async (): Promise<Sample> => {
        const committed = await committedNow();
        const span = await topicSpan(options, topics.verdicts.name, { from: 0 });
        const written = Object.fromEntries(span?.partitions.map(({ partition, to }) => [partition, Number(to)]) ?? []);
        return { committed, written };
      };
      const slice = Math.ceil(POSTS / faults.length);
      for (const [round, fault] of faults.entries()) {
        const first = round * slice;
        for (let from = first; from < Math.min(POSTS, first + slice); from += 1_000) {
          const messages = Array.from({ length: Math.min(1_000, POSTS - from) }, (_, k) => {
            const post = aPost({ id: `chaos:${from + k}`, text: textOf(from + k) });
            return { key: post.id, value: postCodec.encode(post) };
          });
          await producer.send([{ topic: topics.posts.name, messages }]);
        }
        await fault();
        samples.push(await sample());
      }
      await producer.close();

      const ends = await topicSpan(options, topics.posts.name, { from: 0 });
      await until(
        'the group has committed all of it',
        async () => {
          const committed = await committedNow();
          return ends?.partitions.every(({ partition, to }) => committed[partition] === Number(to));
        },
        { timeoutMs: 120_000, pauseMs: 250 },
      );

      const posts = new Map<string, Place>();
      const verdicts = new Map<string, Place[]>();
      const read = async (topic: string, each: (message: StreamMessage) => void) => {
        const span = await topicSpan(options, topic, { from: 0 });
        if (span) await readSpans(options, [span], (messages) => messages.forEach(each));
      };
      const placeOf = ({ partition, offset }: StreamMessage) => ({ partition, offset: Number(offset) });
      await read(topics.posts.name, (message) => posts.set(String(message.key), placeOf(message)));
      await read(topics.verdicts.name, (message) => {
        const decoded = verdictCodec.decode(message.value);
        if (!decoded.ok) throw new Error(`not a verdict: ${decoded.detail}`);
        verdicts.set(decoded.value.id, [...(verdicts.get(decoded.value.id) ?? []), placeOf(message)]);
      });
      expect(posts.size).toBe(POSTS);
      expect([...posts.keys()].filter((id) => !verdicts.has(id))).toEqual([]);

      const early = samples.flatMap(({ committed, written }) =>
        [...posts].filter(
          ([id, { partition, offset }]) =>
            offset < (committed[partition] ?? -1) &&
            !verdicts.get(id)?.some((place) => place.offset < (written[place.partition] ?? 0)),
        ),
      );
      expect(early).toEqual([]);

      const duplicates = [...verdicts.values()].reduce((sum, places) => sum + places.length - 1, 0);
      process.stderr.write(`chaos: ${POSTS} posts, ${faults.length} faults, ${duplicates} duplicate verdicts\n`);
      // What a worker has in hand when it is hit, of every worker: a broker that dies hits all.
      expect(duplicates).toBeLessThanOrEqual(faults.length * WORKERS * IN_HAND * BATCH);
    },
    300_000 + POSTS,
  );
});
