import { mkdtemp, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postCodec, type Post } from '@siaga/contracts';
import { createLogger } from '@siaga/runtime';
import { freePort, until, useDatabase, useKafka, useServices } from '@siaga/testkit';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { runSources } from '../cli/run-sources.js';
import { ingestMetrics } from '../metrics.js';
import { normalFormOf } from '../normal-form.js';
import { pushApp } from './push-app.js';

const kafka = useKafka();
const database = useDatabase();
const services = useServices();
let url: string;
let folder: string;
/** The same app in this process, with a short patience: it sends nowhere. */
let impatient: FastifyInstance;
let impatientPort: number;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-push-'));
  await writeFile(path.join(folder, 'secrets.json'), '{"author-key":"kunci uji","pesantren":"token-rahasia"}');
  const push = { name: 'pesantren', kind: 'push', token: 'pesantren', platform: 'forum' };
  await writeFile(path.join(folder, 'sources.json'), JSON.stringify({ sources: [push] }));
  const port = await freePort();
  url = `http://127.0.0.1:${port}/v1/posts`;
  await services.start('ingest', {
    SIAGA_KAFKA_BROKERS: kafka.brokers,
    SIAGA_TOPIC_PREFIX: kafka.prefix,
    SIAGA_DATABASE_URL: database.url,
    SIAGA_SOURCES_FILE: path.join(folder, 'sources.json'),
    SIAGA_SECRETS_FILE: path.join(folder, 'secrets.json'),
    SIAGA_PUSH_PORT: String(port),
  });
  impatient = pushApp({
    senderOf: () => undefined,
    send: () => Promise.resolve(),
    normalForm: normalFormOf('kunci uji'),
    metrics: ingestMetrics(new Registry()),
    log: createLogger('test', 'silent'),
    requestTimeoutMs: 200,
  });
  impatientPort = Number(new URL(await impatient.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => impatient.close());

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: { accepted?: number; title?: string; detail?: string; errors?: { in: string; detail: string }[] };
}
async function push(body: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { authorization: 'Bearer token-rahasia', 'content-type': 'application/json', ...headers },
  });
  return {
    status: response.status,
    type: response.headers.get('content-type')?.split(';')[0],
    body: (await response.json()) as Answer['body'],
  };
}
const posts = (list: unknown[]) => JSON.stringify({ posts: list });

const received = (): Post[] =>
  kafka.messages(kafka.topics.posts.name).flatMap(({ value }) => {
    const decoded = postCodec.decode(value);
    return decoded.ok ? [decoded.value] : [];
  });

describe('POST /v1/posts', () => {
  it('takes JSON and NDJSON, and says so when Kafka has them', async () => {
    expect(await push(posts([{ text: 'satu', id: 7, author: 'Sari' }, { text: 'dua' }]))).toMatchObject({
      status: 202,
      body: { accepted: 2 },
    });
    const lines = '{"text":"tiga","platform":"milis"}\n\n{"text":"dua"}\n';
    expect(await push(lines, { 'content-type': 'application/x-ndjson' })).toMatchObject({
      status: 202,
      body: { accepted: 2 },
    });
    const all = await until('all of them', () => (received().length === 4 ? received() : undefined));
    expect(all.find(({ text }) => text === 'satu')).toMatchObject({
      id: 'forum:7',
      platform: 'forum',
      source: 'pesantren',
      author: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
    });
    expect(all.find(({ text }) => text === 'tiga')).toMatchObject({ platform: 'milis' });
    // Without an id of its own, a post sent again is the same post.
    expect(new Set(all.filter(({ text }) => text === 'dua').map(({ id }) => id)).size).toBe(1);
  });

  it('takes all of a batch or nothing, and names what is wrong', async () => {
    const before = received().length;
    const answer = await push(
      posts([{ text: 'baik' }, { id: 'tanpa-teks' }, { text: 'a\0b' }, { text: 'x'.repeat(20_001) }]),
    );
    expect(answer).toMatchObject({ status: 400, type: 'application/problem+json', body: { title: 'Bad Request' } });
    expect(answer.body.errors?.map((error) => error.in)).toEqual(['posts[1]', 'posts[2]', 'posts[3]']);
    expect((await push(posts([{ text: 'penanda' }]))).status).toBe(202);
    await until('the later post', () => received().some(({ text }) => text === 'penanda'));
    expect(received().length).toBe(before + 1);
  });

  it('takes what comes on standard input, line by line, and names the lines that are no posts', async () => {
    const many = Array.from({ length: 1_200 }, (_, i) => JSON.stringify({ text: `masukan ${i}` }));
    const input = [...many.slice(0, 600), '', '{"text":', '{"id":"x"}', ...many.slice(600), '{"text":"a\\u0000b"}'];
    const bytes = Buffer.from(input.join('\n'));
    const chunks = [bytes.subarray(0, 1_001), bytes.subarray(1_001)];
    const printed: string[] = [];
    const run = (...args: string[]) =>
      runSources(['push', ...args, '--file', path.join(folder, 'sources.json')], {
        ...{ secretsFile: path.join(folder, 'secrets.json'), pushUrl: url, allowPrivateAddresses: false },
        ...{ input: Readable.from(chunks), print: (text) => printed.push(text) },
      });
    expect(await run('pesantren')).toBe(1);
    expect(printed).toEqual([
      'line 602: not-json: the line is not JSON',
      expect.stringMatching(/^line 603: schema-mismatch: /),
      expect.stringMatching(/^line 1204: null-byte: /),
      '1200 posts are in Kafka; 3 lines were no posts',
    ]);
    await until('all of them', () => {
      const texts = new Set(received().map(({ text }) => text));
      return Array.from({ length: 1_200 }, (_, i) => `masukan ${i}`).every((text) => texts.has(text));
    });
    await expect(run('tetangga')).rejects.toThrow('no source is named "tetangga": there are pesantren');
    await writeFile(path.join(folder, 'secrets.json'), '{"pesantren":"token-lain"}');
    await expect(run('pesantren')).rejects.toThrow(/answered HTTP 401: show a token of yours/);
  });

  it.each<[string, number, string, Record<string, string>]>([
    ['no JSON', 400, '{"posts":[', {}],
    ['another shape', 400, '[1]', {}],
    ['no posts', 400, posts([]), {}],
    ['deep nesting', 400, `{"posts":${'['.repeat(100_000)}`, {}],
    ['too many posts', 413, posts(Array(1_001).fill({ text: 'a' })), {}],
    ['another media type', 415, 'text=a', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['compression', 415, 'x', { 'content-encoding': 'gzip' }],
    ['a wrong token', 401, posts([{ text: 'a' }]), { authorization: 'Bearer token-salah' }],
    ['no token', 401, posts([{ text: 'a' }]), { authorization: '' }],
  ])('answers %s with %d as a problem', async (_what, status, body, headers) => {
    const answer = await push(body, headers);
    expect(answer).toMatchObject({ status, type: 'application/problem+json', body: { status } });
    expect(answer.body.title).toBeTruthy();
  });

  it('answers too many bytes with 413 before they are sent', async () => {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.on('error', () => undefined);
    const lines = ['host: a', 'authorization: Bearer token-rahasia', 'content-type: application/json'];
    socket.write(`POST /v1/posts HTTP/1.1\r\n${lines.join('\r\n')}\r\ncontent-length: ${5 * 1024 * 1024}\r\n\r\n{`);
    await until('an answer', () => answer.includes('}'));
    expect(answer).toMatch(/^HTTP\/1.1 413 [^]*application\/problem\+json[^]*"status":413/);
    socket.destroy();
  });

  it.each([
    ['a request that never ends', 'POST /v1/posts HTTP/1.1\r\nhost: a\r\n', 408],
    ['what is no HTTP', 'HALO\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nx: ${'y'.repeat(40_000)}`, 431],
  ])('gives up on %s with a problem', async (_what, text, status) => {
    const socket = connect(impatientPort, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.on('error', () => undefined);
    socket.write(text);
    await until('an answer', () => answer.includes('}'));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*application/problem\\+json[^]*"status":${status}`));
    await until('the connection is closed', () => socket.destroyed || socket.readableEnded);
    socket.destroy();
  });
});
