import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { Scorer } from '../scorer.js';
import { readRequests, scoreRequests } from './run-score.js';

/** Scores by length: enough to see that lines and scores stay together. */
const scorer: Scorer = {
  name: 'fake',
  version: '1',
  backend: 'wasm',
  thresholds: {
    hoax: { flag: 0.5, escalate: 0.9 },
    hate: { flag: 0.5, escalate: 0.9 },
    bullying: { flag: 2, escalate: 2 },
  },
  score: (texts) => texts.map((text) => ({ scores: { hoax: 0, hate: Math.min(1, text.length / 10), bullying: 1 } })),
  features: { bits: 1, words: 1, characters: [1, 1], limit: 1 },
  categories: () => [],
  categoriesOfTokens: () => [],
  tensors: () => 0,
  unknownShares: (texts) => texts.map(() => 0),
  labels: () => [],
  explain: () => [{ token: 'x', weight: 1 }],
  dispose: () => undefined,
};

async function run(input: string | Buffer[], explain = false) {
  const output = new PassThrough();
  const chunks: Buffer[] = [];
  output.on('data', (chunk: Buffer) => chunks.push(chunk));
  const bytes = typeof input === 'string' ? [Buffer.from(input)] : input;
  const bad = await scoreRequests(readRequests(Readable.from(bytes)), scorer, output, { explain });
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
  return { bad, results: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('score on standard input', () => {
  test('one line each, in order, ids kept or made from the line number', async () => {
    const { bad, results } = await run('{"text":"abc","id":"p1"}\n\n{"text":"abcdefgh","id":7}\r\n{"text":"x"}');
    expect(bad).toBe(0);
    expect(results).toMatchObject([
      { id: 'p1', scores: { hate: 0.3 }, flags: [], model: { name: 'fake', version: '1' }, backend: 'wasm' },
      { id: '7', scores: { hate: 0.8 }, flags: [{ category: 'hate', score: 0.8, threshold: 0.5 }] },
      { id: '4' },
    ]);
    expect(results[0]).not.toHaveProperty('explain');
  });

  test('bad lines say why and do not shift the others', async () => {
    const { bad, results } = await run('nope\n[1]\n{"id":"a"}\n{"text":5}\n{"text":"abcdef"}\n', true);
    expect(bad).toBe(4);
    expect(results.map(({ error }) => error)).toEqual([
      'the line is not JSON',
      'the line is not a JSON object',
      'the object has no string "text"',
      'the object has no string "text"',
      undefined,
    ]);
    expect(results[4]).toMatchObject({
      id: '5',
      scores: { hate: 0.6 },
      explain: { hate: [{ token: 'x', weight: 1 }] },
    });
  });

  test('characters cut by chunk borders are whole again; a line without end is refused, not held', async () => {
    const bytes = Buffer.from('{"text":"é😂é"}\n');
    const split = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
    expect((await run(split)).results[0]).toMatchObject({ scores: { hate: 0.4 } });
    const long = Array.from({ length: 40 }, () => Buffer.alloc(10_000, 97));
    const { bad, results } = await run([...long, Buffer.from('\n{"text":"ab"}\n')]);
    expect(bad).toBe(1);
    expect(results).toMatchObject([{ error: 'the line is too long' }, { scores: { hate: 0.2 } }]);
  });

  test('waits for a full output', async () => {
    const output = new PassThrough({ highWaterMark: 1 });
    const input = Readable.from([Buffer.from('{"text":"a"}\n'.repeat(1000))]);
    let done = false;
    const running = scoreRequests(readRequests(input), scorer, output, { explain: false }).then(() => (done = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBe(false);
    let lines = 0;
    output.on('data', (chunk: Buffer) => (lines += chunk.toString().split('\n').length - 1));
    await running;
    expect(lines).toBe(1000);
  });
});
