import { topicsOf, type Post } from '@siaga/contracts';
import { createLogger } from '@siaga/runtime';
import { connectProducer, followTopics, readDeadLetter, type StreamMessage } from '@siaga/stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { CheckResult } from '../check.js';
import { startRunningFleet } from '../running-fleet.js';
import type { Workspace } from '../workspace.js';

const TIMEOUT_MS = 30_000;
const MEBIBYTE = 1024 * 1024;

const post = (id: string, fields: object = {}): object => {
  const at = new Date().toISOString();
  const good: Post = {
    ...{ schemaVersion: 1, id: `hostile:${id}`, platform: 'hostile', text: 'selamat pagi', createdAt: at, seenAt: at },
    ...{ source: 'accept', visibility: 'public' },
  };
  return { ...good, ...fields };
};
const json = (value: object) => Buffer.from(JSON.stringify(value));

/** Straight to the topic, past ingest, as a broken or newer producer would. */
export async function hostilePosts(workspace: Workspace): Promise<CheckResult[]> {
  const hostile: [string, Buffer][] = [
    ['no JSON', Buffer.from('{"schemaVersion":1,"id"')],
    ['1 MB of text', json(post('long', { text: 'a'.repeat(MEBIBYTE) }))],
    ['a null byte', json(post('null', { text: 'halo\u0000dunia' }))],
    ['a future schema version', json(post('future', { schemaVersion: 99 }))],
  ];
  const fleet = await startRunningFleet(workspace);
  const topics = topicsOf();
  const stream = { brokers: fleet.brokers, clientId: 'siaga-accept', log: createLogger('accept', 'silent') };
  const messages: StreamMessage[] = [];
  const follower = await followTopics({ ...stream, topics: [topics.deadLetters.name, topics.verdicts.name] }, (batch) =>
    messages.push(...batch),
  );
  const producer = await connectProducer(stream);
  const run = `accept-${Date.now()}`;
  try {
    await producer.send([
      {
        topic: topics.posts.name,
        // One key, so that they lie in one partition with the good posts around them.
        messages: [
          { key: run, value: json(post(`${run}-before`)) },
          ...hostile.map(([, value]) => ({ key: run, value })),
          { key: run, value: json(post(`${run}-after`)) },
        ],
      },
    ]);
    const letters = () =>
      messages.filter((message) => message.topic === topics.deadLetters.name && String(message.key) === run);
    const scored = () =>
      messages.filter(
        (message) => message.topic === topics.verdicts.name && String(message.key).startsWith(`hostile:${run}`),
      );
    const deadline = Date.now() + TIMEOUT_MS;
    while ((letters().length < hostile.length || scored().length < 2) && Date.now() < deadline) await wait(100);
    return [
      ...hostile.map(([what, value]) => {
        const letter = letters().find((message) => message.value?.equals(value));
        const { reason, step } = letter ? readDeadLetter(letter) : { reason: '', step: '' };
        return {
          what: `a post with ${what}`,
          figure: letter ? `dead letter of ${step}: ${reason}` : 'nothing',
          bar: 'a dead letter with its reason',
          pass: reason !== '',
        };
      }),
      {
        what: 'the rest flows on',
        figure: `${scored().length} of 2 good posts scored`,
        bar: '2',
        pass: scored().length === 2,
      },
    ];
  } finally {
    await producer.close();
    await follower.close();
    await fleet.stop();
  }
}
