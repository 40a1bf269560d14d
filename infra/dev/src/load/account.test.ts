import { expect, test } from '@jest/globals';
import { topicsOf } from '@siaga/contracts';
import { deadLetter, type StreamMessage } from '@siaga/stream';
import { loadAccount } from './account.js';

const topics = topicsOf();
const message = (topic: string, key: string | null, value: Buffer | null, timestamp = 1): StreamMessage => ({
  ...{ topic, partition: 0, offset: '0', headers: {}, timestamp, value },
  key: key === null ? null : Buffer.from(key),
});
const idOf = (number: number) => `demo:r-1-${number}`;
const post = (number: number) => message(topics.posts.name, idOf(number), Buffer.from('{}'));
const verdict = (number: number, at: number) =>
  message(
    topics.verdicts.name,
    idOf(number),
    Buffer.from(
      JSON.stringify({
        ...{ schemaVersion: 1, id: idOf(number), outcome: 'dropped', reason: 'empty' },
        ...{ seenAt: '2026-11-27T00:00:00.000Z', scoredAt: '2026-11-27T00:00:00.000Z' },
        ...{ model: { name: 'm', version: '1' }, backend: 'wasm', textSha256: '0'.repeat(64) },
      }),
    ),
    at,
  );
const letter = (key: string | null, value: string) => {
  const given = message('x', key, Buffer.from(value));
  const { headers = {} } = deadLetter(given, { reason: 'r', detail: 'd', step: 's' });
  return { ...given, topic: topics.deadLetters.name, headers };
};

test('each post ends once; what did not end, and what ended twice, has its number', () => {
  const account = loadAccount(topics, 'r-1', 5);
  account.take([post(0), post(1), post(1), verdict(0, 70), verdict(1, 80), verdict(1, 90)]);
  account.take([letter('past-2', 'halo'), letter(null, '{"id":"r-1-3","text":'), letter('past-2', 'halo')]);
  expect([account.scored, account.dropped, account.deadLetters]).toEqual([0, 2, 2]);
  expect(account.lost()).toEqual([4]);
  expect(account.both()).toEqual([]);
  expect(account.repeats).toEqual({ posts: 1, verdicts: 1 });
  expect([...account.verdictAt]).toEqual([70, 80, 0, 0, 0]);
  account.take([letter(null, '{"id":"r-1-0"'), post(99)]);
  expect(account.both()).toEqual([0]);
});
