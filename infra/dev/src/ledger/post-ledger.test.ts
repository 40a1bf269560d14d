import { postCodec, topicsOf, verdictCodec, type Post } from '@siaga/contracts';
import { deadLetter, type StreamMessage } from '@siaga/stream';
import { expect, test } from '@jest/globals';
import { createPostLedger } from './post-ledger.js';

const topics = topicsOf();
const at = '2026-11-24T10:00:00.000Z';

const message = (
  topic: string,
  offset: number,
  value: Buffer | null,
  headers: StreamMessage['headers'] = {},
): StreamMessage => ({
  ...{ topic, partition: 0, offset: String(offset), key: null, value, headers, timestamp: 0 },
});

const post = (offset: number, id: string): StreamMessage => {
  const value: Post = {
    ...{
      schemaVersion: 1,
      id,
      platform: 'demo',
      text: 'halo',
      createdAt: at,
      seenAt: at,
      source: 'demo',
      visibility: 'public',
    },
  };
  return message(topics.posts.name, offset, postCodec.encode(value));
};

const verdict = (id: string, outcome: 'scored' | 'dropped' = 'scored'): StreamMessage =>
  message(
    topics.verdicts.name,
    0,
    verdictCodec.encode({
      ...{ schemaVersion: 1, id, outcome, model: { name: 'm', version: '1' }, backend: 'wasm' },
      ...{ textSha256: 'a'.repeat(64), seenAt: at, scoredAt: at },
    }),
  );

const dead = (of: StreamMessage, reason: string): StreamMessage => {
  const letter = deadLetter(of, { reason, detail: '', step: 'classify' });
  return message(topics.deadLetters.name, 0, letter.value, letter.headers);
};

test('a post is open until its verdict is there, whichever is seen first', () => {
  const ledger = createPostLedger(topics);
  ledger.take([post(1, 'demo:1'), verdict('demo:2', 'dropped'), post(2, 'demo:2')]);
  expect(ledger.unaccounted()).toEqual(['demo:1']);
  ledger.take([verdict('demo:1')]);
  expect(ledger.unaccounted()).toEqual([]);
  expect([ledger.arrived, ledger.scored, ledger.dropped]).toEqual([2, 1, 1]);
});

test('posts and verdicts that come twice count once', () => {
  const ledger = createPostLedger(topics);
  ledger.take([post(1, 'demo:1'), post(2, 'demo:1'), verdict('demo:1'), verdict('demo:1'), post(3, 'demo:1')]);
  expect([ledger.arrived, ledger.scored, ledger.unaccounted()]).toEqual([1, 1, []]);
});

test('an unreadable post is open until there is a dead letter for its very offset', () => {
  const ledger = createPostLedger(topics);
  const [first, second] = [1, 2].map((offset) => message(topics.posts.name, offset, Buffer.from('no json')));
  ledger.take([first!, second!, dead(first!, 'not-json'), dead(first!, 'not-json')]);
  expect(ledger.unaccounted()).toEqual(['siaga.posts/0:2']);
  expect(ledger.deadLetters.map(({ reason }) => reason)).toEqual(['not-json']);
});

test('a line that ingest refused has arrived, though it never was a post', () => {
  const ledger = createPostLedger(topics);
  ledger.take([dead(message('source:demo', 7, Buffer.from('{')), 'not-json')]);
  expect([ledger.arrived, ledger.unaccounted()]).toEqual([1, []]);
});
