import { appendFile, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { postCodec, type Post } from '@siaga/contracts';
import { readDeadLetter } from '@siaga/stream';
import { until, useDatabase, useKafka, useServices } from '@siaga/testkit';
import { JETSTREAM, streamDouble } from './sources/bluesky/stream-double.fixture.js';

const kafka = useKafka();
const database = useDatabase();
const services = useServices();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-ingest-'));
  await writeFile(path.join(folder, 'secrets.json'), '{"author-key":"kunci uji"}');
});
beforeEach(() => database.db.query('delete from sources'));

async function startIngest(...sources: object[]) {
  const sourcesFile = path.join(folder, 'sources.json');
  await writeFile(sourcesFile, JSON.stringify({ sources }));
  return services.start('ingest', {
    SIAGA_KAFKA_BROKERS: kafka.brokers,
    SIAGA_TOPIC_PREFIX: kafka.prefix,
    SIAGA_DATABASE_URL: database.url,
    SIAGA_SOURCES_FILE: sourcesFile,
    SIAGA_SECRETS_FILE: path.join(folder, 'secrets.json'),
    SIAGA_WORKER_ID: 'test',
    SIAGA_ALLOW_PRIVATE_ADDRESSES: 'true',
  });
}

const postsOf = (source: string): Post[] =>
  kafka.messages(kafka.topics.posts.name).flatMap(({ value }) => {
    const decoded = postCodec.decode(value);
    return decoded.ok && decoded.value.source === source ? [decoded.value] : [];
  });

async function aFile(name: string, lines: readonly unknown[]): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return file;
}

describe('the ingest service', () => {
  it('brings lines into their normal form, and gives what is no post to the dead letters', async () => {
    const file = await aFile('mixed.ndjson', [
      { text: 'hanya teks' },
      {
        id: 'forum:7',
        platform: 'forum',
        text: 'lengkap',
        author: 'Sari',
        url: 'http://forum.invalid/7',
        lang: 'id',
        createdAt: '2026-11-01',
      },
      '',
      '{"text":',
      { id: 'x' },
      { text: 'a'.repeat(1_000_000) },
      { text: 'a\0b' },
      { text: 'kapan', createdAt: 'kemarin' },
      { text: 'b'.repeat(3_000_000) },
      { text: 'terakhir, tanpa baris baru' },
    ]);
    await startIngest({ name: 'mixed', kind: 'file', path: file });
    const posts = await until('posts', () => (postsOf('mixed').length >= 3 ? postsOf('mixed') : undefined));
    expect(posts.find(({ id }) => id === 'forum:7')).toMatchObject({
      platform: 'forum',
      text: 'lengkap',
      url: 'http://forum.invalid/7',
      language: 'id',
      createdAt: '2026-11-01T00:00:00.000Z',
      visibility: 'public',
      author: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
    });
    expect(posts.map((post) => post.platform).sort()).toEqual(['file', 'file', 'forum']);
    const letters = await until('dead letters', () => {
      const read = kafka.messages(kafka.topics.deadLetters.name);
      return read.length >= 6 ? read : undefined;
    });
    expect(Object.fromEntries(letters.map(readDeadLetter).map(({ offset, reason }) => [offset, reason]))).toEqual({
      '0:4': 'not-json',
      '0:5': 'schema-mismatch',
      '0:6': 'text-too-long',
      '0:7': 'null-byte',
      '0:8': 'schema-mismatch',
      '0:9': 'line-too-long',
    });
  });

  it('goes on after kill -9 where Kafka had acknowledged, under the same ids', async () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => ({ text: `baris ${i} ${'isi '.repeat(50)}` }));
    const source = { name: 'killed', kind: 'file', path: await aFile('killed.ndjson', lines) };
    const first = await startIngest(source);
    await until('it has begun', () => postsOf('killed').length > 0);
    await first.kill();
    await startIngest(source);
    const posts = await until('all posts', () => {
      const read = postsOf('killed');
      return new Set(read.map(({ id }) => id)).size === lines.length ? read : undefined;
    });
    expect(new Set(posts.map(({ text }) => text)).size).toBe(lines.length);
  });

  it('follows a file that grows', async () => {
    const file = await aFile('growing.ndjson', ['{"text":"satu"}\n']);
    await startIngest({ name: 'growing', kind: 'file', path: file, follow: true });
    await until('the first', () => postsOf('growing').length === 1);
    await appendFile(file, '{"text":"du');
    await appendFile(file, 'a"}\n');
    await until('the second', () => postsOf('growing').some(({ text }) => text === 'dua'));
  });

  it('makes claims of what fact-checkers publish', async () => {
    const review = {
      '@type': 'ClaimReview',
      claimReviewed: 'Air rebusan menyembuhkan',
      reviewRating: { alternateName: 'Salah' },
      author: { name: 'Pemeriksa Uji' },
    };
    const item = (title: string, path: string) =>
      `<item><title>${title}</title><link>${path}</link><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>`;
    const pages: Record<string, string> = {
      '/feed': `<rss version="2.0"><channel>${item('Cek fakta air rebusan', '/1')}${item('[HOAKS] Bantuan tunai', '/2')}${item('Lowongan', '/3')}</channel></rss>`,
      '/1': `<script type="application/ld+json">${JSON.stringify({ '@graph': [review] })}</script>`,
      '/2': '<p>tanpa data</p>',
    };
    const server = createServer((request, response) => {
      const page = pages[request.url ?? ''];
      response.writeHead(page === undefined ? 404 : 200).end(page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await startIngest({ name: 'cek', kind: 'claims', url: `${url}/feed`, publisher: 'Meja Uji', language: 'id' });
    const claims = await until('both claims', async () => {
      const recorded = await database.db.query('select *, published_at as "publishedAt" from claims order by url');
      return recorded.length >= 2 ? recorded : undefined;
    });
    expect(claims).toMatchObject([
      {
        text: 'Air rebusan menyembuhkan',
        verdict: 'Salah',
        publisher: 'Pemeriksa Uji',
        url: `${url}/1`,
        language: 'id',
      },
      { text: 'Bantuan tunai', verdict: 'HOAKS', publisher: 'Meja Uji', publishedAt: new Date('2026-11-02T10:00:00Z') },
    ]);
    server.closeAllConnections();
    server.close();
  });

  it('passes on that an author is gone, under the pseudonym that their posts have', async () => {
    const jetstream = await streamDouble(JETSTREAM);
    await startIngest({ name: 'jet', kind: 'jetstream', url: jetstream.url, platform: 'jet' });
    await until('it is connected', () => jetstream.clients > 0);
    const timeUs = Date.now() * 1000;
    const record = { text: 'kabar', createdAt: new Date().toISOString() };
    const commit = { operation: 'create', collection: 'app.bsky.feed.post', rkey: '1', record };
    const event = { did: 'did:plc:abc', time_us: timeUs };
    jetstream.emit(timeUs, JSON.stringify({ ...event, kind: 'commit', commit }));
    const account = { active: false, status: 'deactivated', did: event.did };
    jetstream.emit(timeUs + 1, JSON.stringify({ ...event, time_us: timeUs + 1, kind: 'account', account }));
    const [departure] = await until('the departure', () => {
      const read = kafka.messages(kafka.topics.removals.name);
      return read.length > 0 ? read.map(({ value }) => postCodec.decode(value)) : undefined;
    });
    const [post] = await until('the post', () => (postsOf('jet').length > 0 ? postsOf('jet') : undefined));
    expect(departure).toMatchObject({
      ok: true,
      value: { author: post?.author, text: '', deleted: true, allOfAuthor: true, source: 'jet' },
    });
    expect(post?.author).toMatch(/^[0-9a-f]{32}$/);
    await jetstream.close();
  });

  it('follows a feed: each item once, conditional requests, with its figures, and one that fails stops no other', async () => {
    const asked: (string | undefined)[] = [];
    const writtenAt = Date.now() - 3_600_000;
    const pubDate = `<pubDate>${new Date(writtenAt).toUTCString()}</pubDate>`;
    const item = (n: number) =>
      `<item><guid>g${n}</guid><title>Kabar ${n}</title><link>http://kabar.invalid/${n}</link>${pubDate}</item>`;
    let items = [item(1)];
    const server = createServer((request, response) => {
      asked.push(request.headers['if-none-match']);
      const etag = `"${items.length}"`;
      if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
      return response
        .writeHead(200, { etag })
        .end(`<rss version="2.0"><channel><title>K</title>${items.join('')}</channel></rss>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`;
    const service = await startIngest(
      { name: 'gone', kind: 'feed', url: 'http://127.0.0.1:1/feed', pollSeconds: 1 },
      { name: 'feed', kind: 'feed', url, platform: 'kabar', pollSeconds: 1 },
    );
    await until('the first item', () => postsOf('feed').length === 1);
    await until('a conditional request', () => asked.includes('"1"'));
    items = [item(2), ...items];
    await until('the second item', () => postsOf('feed').length === 2);
    expect(postsOf('feed').map(({ text, url: link }) => [text, link])).toEqual([
      ['Kabar 1', 'http://kabar.invalid/1'],
      ['Kabar 2', 'http://kabar.invalid/2'],
    ]);
    expect(service.logs.some((line) => line.includes('source failed'))).toBe(true);
    const metrics = await until('both in the figures', async () => {
      const text = await (await fetch(`${service.opsUrl}/metrics`)).text();
      return text.includes('siaga_ingest_events_total{source="feed",outcome="post"} 2') ? text : undefined;
    });
    const figure = (name: string) =>
      Number(
        metrics
          .split('\n')
          .find((line) => line.startsWith(name))
          ?.split(' ')[1],
      );
    expect(figure('siaga_ingest_source_lag_seconds{source="feed"}')).toBeGreaterThanOrEqual(3_600);
    expect(figure('siaga_ingest_received_bytes_total{source="feed"}')).toBeGreaterThan(items.join('').length);
    expect(figure('siaga_ingest_last_event_timestamp_seconds{source="feed"}')).toBeGreaterThan(
      writtenAt / 1000 + 3_600,
    );
    expect(figure('siaga_ingest_rate_limit_wait_seconds_total{source="feed",cause="turn"}')).toBeGreaterThan(0);
    expect(figure('siaga_ingest_source_failures_total{source="gone"}')).toBeGreaterThan(0);
    expect(await service.stop()).toBe(0);
    server.closeAllConnections();
    server.close();
  });
});
