import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, type TransientError } from '@siaga/runtime';
import fc from 'fast-check';
import { politeClient, type PoliteClient } from '../../web/polite-client.js';
import { robotsRules } from '../../web/robots.js';
import type { SourceBatch } from '../source.js';
import { mastodonSource } from './mastodon.js';
import { eventReader } from './server-sent-events.js';
import { statusEvent } from './status.js';

const START = 1_790_000_000_000;
const idAt = (n: number): string => String((BigInt(START + n * 1000) << 16n) + BigInt(n));
const aStatus = (n: number, fields: object = {}) => ({
  id: idAt(n),
  created_at: new Date(START + n * 1000).toISOString(),
  visibility: 'public',
  content: `<p>kabar <b>${n}</b></p>`,
  spoiler_text: '',
  language: 'id',
  url: `https://contoh.invalid/@sari/${n}`,
  account: { acct: 'sari', followers_count: 7 },
  reblog: null,
  ...fields,
});

/** Our own double of a server: a public timeline, and a stream unless it is off. */
function double() {
  const statuses: ReturnType<typeof aStatus>[] = [];
  const streams = new Set<ServerResponse>();
  const asked: URL[] = [];
  const behaviour = { streams: true, status: 200, headers: {} as Record<string, string>, heedsMinId: true };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://double');
    asked.push(url);
    if (behaviour.status !== 200) return response.writeHead(behaviour.status, behaviour.headers).end();
    if (url.pathname === '/api/v1/streaming/public') {
      if (!behaviour.streams) return response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':)\n\n');
      streams.add(response);
      return;
    }
    const minId = behaviour.heedsMinId ? url.searchParams.get('min_id') : null;
    const after = statuses.filter(({ id }) => minId === null || BigInt(id) > BigInt(minId));
    const page = minId === null ? after.slice(-40) : after.slice(0, 40);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page.toReversed()));
  });
  return {
    statuses,
    asked,
    behaviour,
    streams,
    emit: (event: string, data: unknown) => {
      const text = typeof data === 'string' ? data : JSON.stringify(data);
      for (const stream of streams) stream.write(`event: ${event}\ndata: ${text}\n\n`);
    },
    listen: () => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)),
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('a Mastodon source', () => {
  let server: ReturnType<typeof double>;
  let stop: AbortController;
  let web: PoliteClient;
  beforeEach(async () => {
    server = double();
    await server.listen();
    stop = new AbortController();
    web = politeClient(
      { allowPrivateAddresses: true, userAgent: 'test', timeoutMs: 10_000, maxBodyBytes: 1_000_000 },
      { concurrency: 4, perSecond: 1_000, failures: 100, restMs: 1_000 },
    );
  });
  afterEach(async () => {
    stop.abort();
    await web.close();
    server.close();
  });

  const open = (cursor: unknown, fields: object = {}) =>
    mastodonSource(
      { name: 'm', kind: 'mastodon', url: server.url, pollSeconds: 1, ...fields },
      {
        ...{ allowPrivateAddresses: true, log: createLogger('test', 'silent'), secrets: { get: () => 'rahasia' } },
        ...{ web, robots: robotsRules(web) },
      },
    ).open(cursor, stop.signal) as AsyncGenerator<SourceBatch>;
  const take = async (batches: AsyncGenerator<SourceBatch>) => (await batches.next()).value as SourceBatch;
  const textsOf = ({ events }: SourceBatch) =>
    events.map(({ content }) => (content.kind === 'post' ? content.text : content.kind));
  const cursorAt = (n: number) => ({ minId: idAt(n) });

  it('pages forward from its cursor without skipping any, oldest first', async () => {
    for (let n = 0; n < 300; n++) server.statuses.push(aStatus(n));
    const batches = open(cursorAt(199));
    const texts: string[] = [];
    for (let batch = await take(batches); batch.events.length > 0; batch = await take(batches)) {
      texts.push(...textsOf(batch));
      // Behind what was brought, and never behind what was saved before.
      expect(batch.cursor).toEqual(cursorAt(Math.max(199, Number(/\d+/.exec(texts.at(-1) as string)?.[0]))));
    }
    // Two minutes earlier than the cursor, for posts that arrive late.
    expect(texts).toEqual(Array.from({ length: 221 }, (_, i) => `kabar ${79 + i}`));
    await batches.return(undefined);
  });

  it('goes over to the stream, which tells of edits and deletions too', async () => {
    server.statuses.push(aStatus(1));
    const batches = open(null, { languages: ['id'] });
    const page = await take(batches);
    expect(textsOf(page)).toEqual(['kabar 1']);
    expect([page.bytes, page.at]).toEqual([JSON.stringify(server.statuses).length, new Date(START + 1_000)]);
    server.emit('update', aStatus(2));
    server.emit('update', aStatus(3, { language: 'de' }));
    server.emit('status.update', aStatus(1, { content: '<p>ralat</p>', edited_at: new Date(START).toISOString() }));
    server.emit('delete', idAt(2));
    server.emit('announcement', { id: '1' });
    const texts: string[] = [];
    let cursor: object = {};
    let bytes = 0;
    const times: (Date | undefined)[] = [];
    while (texts.length < 3) {
      const batch = await take(batches);
      texts.push(...textsOf(batch));
      cursor = batch.cursor;
      bytes += batch.bytes ?? 0;
      times.push(batch.at);
    }
    // Its clock is that of all it sends, wanted or not.
    expect(times).toContainEqual(new Date(START + 3_000));
    expect(bytes).toBeGreaterThan(3 * JSON.stringify(aStatus(1)).length);
    expect(texts).toEqual(['kabar 2', 'ralat', 'removal']);
    expect(cursor).toEqual(cursorAt(3));
    for (const stream of server.streams) stream.destroy();
    await expect(take(batches)).rejects.toThrow();
  });

  it('goes over to the stream too where a server takes no notice of min_id', async () => {
    server.behaviour.heedsMinId = false;
    for (let n = 0; n < 50; n++) server.statuses.push(aStatus(n));
    const batches = open(cursorAt(5));
    const pages = [await take(batches), await take(batches)];
    expect(pages.map(({ events }) => events.length)).toEqual([40, 40]);
    server.emit('update', aStatus(60));
    expect(textsOf(await take(batches))).toEqual(['kabar 60']);
    await batches.return(undefined);
  });

  it('asks again and again where there is no stream', async () => {
    server.behaviour.streams = false;
    server.statuses.push(aStatus(1));
    const batches = open(null);
    expect(textsOf(await take(batches))).toEqual(['kabar 1']);
    expect(textsOf(await take(batches))).toEqual([]);
    server.statuses.push(aStatus(2));
    expect(textsOf(await take(batches))).toEqual(['kabar 2']);
    await batches.return(undefined);
  });

  it('stays away for as long as it is told to, and says what a refusal may mean', async () => {
    server.behaviour.status = 429;
    server.behaviour.headers = { 'retry-after': '77' };
    const error = await open(null)
      .next()
      .catch((reason: unknown) => reason);
    expect((error as TransientError).retryAfterMs).toBe(77_000);
    server.behaviour.status = 401;
    await expect(open(null).next()).rejects.toThrow('HTTP 401: it may want a token');
  });
});

describe('statusEvent', () => {
  const content = (status: unknown) => statusEvent(status, 'contoh.invalid')?.content;
  it('brings a status into our form', () => {
    const status = aStatus(5, {
      spoiler_text: 'Awas',
      in_reply_to_id: '9',
      quote: { state: 'accepted', quoted_status: { id: '8' } },
      edited_at: '2026-11-01T00:00:00Z',
    });
    expect(content(status)).toEqual({
      kind: 'post',
      platform: 'contoh.invalid',
      nativeId: idAt(5),
      text: 'Awas\nkabar 5',
      author: 'sari@contoh.invalid',
      url: 'https://contoh.invalid/@sari/5',
      language: 'id',
      createdAt: new Date(START + 5_000),
      editedAt: new Date('2026-11-01T00:00:00Z'),
      replyTo: 'contoh.invalid:9',
      quotes: 'contoh.invalid:8',
      reach: 7,
    });
  });
  it('leaves at the door what is not public, and what only repeats', () => {
    expect(content(aStatus(1, { visibility: 'unlisted' }))).toBeUndefined();
    expect(content(aStatus(1, { visibility: 'private' }))).toBeUndefined();
    expect(content(aStatus(1, { reblog: aStatus(2) }))).toBeUndefined();
  });
  it('reads what other dialects leave out', () => {
    const { language, url, spoiler_text, ...rest } = aStatus(1, { uri: 'https://gts.invalid/s/1', quote: null });
    expect([language, url, spoiler_text].length).toBe(3);
    expect(content({ ...rest, id: '01HZX8W0F3' })).toMatchObject({ kind: 'post', url: 'https://gts.invalid/s/1' });
  });
  it('refuses what is no status', () => {
    expect(content({ id: '1' })).toMatchObject({ kind: 'refusal', reason: 'schema-mismatch' });
    expect(content(null)).toMatchObject({ kind: 'refusal' });
  });
});

describe('eventReader', () => {
  it('reads the same events however the bytes are cut', () => {
    const events = fc.array(
      fc.record({
        event: fc.constantFrom('update', 'delete'),
        data: fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, '')),
      }),
    );
    fc.assert(
      fc.property(events, fc.array(fc.integer({ min: 1, max: 7 })), (list, sizes) => {
        const bytes = Buffer.from(list.map(({ event, data }) => `:thump\nevent: ${event}\ndata: ${data}\n\n`).join(''));
        const read = eventReader();
        const seen = [];
        let at = 0;
        for (const size of [...sizes, bytes.length]) {
          seen.push(...read(bytes.subarray(at, at + size)));
          at += size;
        }
        expect(seen).toEqual(list);
      }),
    );
  });
  it('does not hold an event without end', () => {
    const read = eventReader();
    expect(() => {
      for (let i = 0; i < 40; i++) read(Buffer.from(`data: ${'x'.repeat(50_000)}`));
    }).toThrow('an event of more than');
  });
});
