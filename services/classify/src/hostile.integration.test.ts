import { describe, expect, it } from '@jest/globals';
import { postCodec, verdictCodec } from '@siaga/contracts';
import { readDeadLetter } from '@siaga/stream';
import { aPost, until, useKafka, useServices } from '@siaga/testkit';
import { hostileMessages } from './hostile-messages.fixture.js';

const kafka = useKafka();
const services = useServices();

/** More for a long run: SIAGA_HOSTILE_MESSAGES=200000 npm test -- hostile */
const COUNT = Number(process.env.SIAGA_HOSTILE_MESSAGES ?? 10_000);
const SEED = 20261124;

describe('hostile messages', () => {
  it(
    'end as verdicts or dead letters, every one, in one life of the process',
    async () => {
      const service = await services.start('classify', {
        SIAGA_KAFKA_BROKERS: kafka.brokers,
        SIAGA_TOPIC_PREFIX: kafka.prefix,
      });
      const messages = hostileMessages(COUNT, SEED);
      // Ids inside the posts are random: the ledger goes by what the codec reads of each.
      const ids = new Set<string>();
      let unreadable = 0;
      for (const { value } of messages) {
        const decoded = postCodec.decode(value);
        if (decoded.ok) ids.add(decoded.value.id);
        else unreadable++;
      }
      expect(unreadable).toBeGreaterThan(COUNT / 10);
      for (let start = 0; start < messages.length; start += 1_000) {
        await kafka.producer.send([{ topic: kafka.topics.posts.name, messages: messages.slice(start, start + 1_000) }]);
      }
      const last = aPost({ text: 'pesan biasa sesudahnya' });
      await kafka.producer.send([
        { topic: kafka.topics.posts.name, messages: [{ key: last.id, value: postCodec.encode(last) }] },
      ]);
      ids.add(last.id);

      const judged = new Set<string>();
      const letters = new Set<string>();
      let read = { verdicts: 0, letters: 0 };
      await until(
        'all are accounted for',
        () => {
          const verdicts = kafka.messages(kafka.topics.verdicts.name);
          for (const { value } of verdicts.slice(read.verdicts)) {
            const decoded = verdictCodec.decode(value);
            if (decoded.ok) judged.add(decoded.value.id);
          }
          const dead = kafka.messages(kafka.topics.deadLetters.name);
          for (const letter of dead.slice(read.letters)) letters.add(readDeadLetter(letter).offset);
          read = { verdicts: verdicts.length, letters: dead.length };
          return judged.size >= ids.size && letters.size >= unreadable;
        },
        { timeoutMs: 60_000 + COUNT * 5, pauseMs: 100 },
      );
      expect([...ids].filter((id) => !judged.has(id))).toEqual([]);
      expect(letters.size).toBe(unreadable);
      process.stderr.write(`hostile: ${COUNT} messages, ${judged.size} verdicts, ${letters.size} dead letters\n`);
      expect(await service.stop()).toBe(0);
    },
    120_000 + COUNT * 5,
  );
});
