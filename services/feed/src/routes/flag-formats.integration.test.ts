import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { removePosts } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';

const HOSTILE = [
  '=HYPERLINK("http://evil.example","klik")',
  '<script>alert(1)</script> & ]]> <!-- -->',
  'aman\u202Egnp.exe \u0001\u0007 akhir',
  'dua\r\nbaris, "kutip"; titik koma',
  'x'.repeat(20_000),
];

const database = useDatabase();
let feed: RunningFeed;
let campaignId: string;
const flags = HOSTILE.map((text, i) =>
  aFlag({ post: i === 1 ? { text, url: 'https://a.example/?a=1&b="2"' } : { text } }),
);

beforeAll(async () => {
  feed = await startFeed(database, { access: { publicUrl: new URL('http://siaga.example') } });
  campaignId = await openCampaign(database.db);
  await recordFlags(database.db, campaignId, flags);
});
afterAll(() => feed.stop());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await feed.app.inject({ url: `/v1/flags${path}`, headers: { host: 'siaga.example', ...headers } });
  return { ...answer, text: answer.body, status: answer.statusCode, headers: answer.headers };
};
const newestFirst = [...flags].reverse().map(({ flagId }) => flagId);

/** RFC 4180, by the letter. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') rows.push(row.splice(0));
  }
  return rows;
}

describe('GET /v1/flags.csv', () => {
  it('gives each flag a row, and no cell that could be a formula', async () => {
    const { status, headers, text } = await get(`.csv?campaign=${campaignId}`);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    const [head = [], ...rows] = parseCsv(text);
    expect(rows.map(([flagId]) => flagId)).toEqual(newestFirst);
    expect(rows.every((row) => row.length === head.length)).toBe(true);
    const texts = rows.map((row) => row[head.indexOf('text')]).reverse();
    expect(texts).toEqual([
      `'${HOSTILE[0]}`,
      HOSTILE[1],
      'aman[U+202E]gnp.exe [U+0001][U+0007] akhir',
      ...HOSTILE.slice(3),
    ]);
    expect(rows[0]?.[head.indexOf('score')]).toBe(String(flags[0]?.score));
  });

  it('has a head and nothing else where nothing matches', async () => {
    expect(parseCsv((await get('.csv?platform=none')).text)).toHaveLength(1);
  });
});

describe('GET /v1/flags.ndjson', () => {
  it('streams more flags than one query reads, each once', async () => {
    const many = await openCampaign(database.db);
    await recordFlags(
      database.db,
      many,
      Array.from({ length: 1203 }, () => aFlag()),
    );
    const { headers, text } = await get(`.ndjson?campaign=${many}&sort=score`);
    expect(headers['content-type']).toBe('application/x-ndjson');
    const lines = text.trimEnd().split('\n');
    expect(new Set(lines.map((line) => JSON.parse(line).flagId)).size).toBe(1203);
    expect(lines).toHaveLength(1203);
    expect((await get(`.ndjson?campaign=${many}&limit=501`)).text.trimEnd().split('\n')).toHaveLength(501);
  });

  it('keeps the text as it was written, and each flag on its line', async () => {
    const { text } = await get(`.ndjson?campaign=${campaignId}`);
    const items = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(items.map(({ post }) => post.text).reverse()).toEqual(HOSTILE);
  });
});

describe('the feeds', () => {
  it('as Atom say the hostile text as text, to a parser', async () => {
    const { headers, text } = await get(`.atom?campaign=${campaignId}`);
    expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0008\u202e]/);
    const { entries = [], links } = parseAtomFeed(text);
    expect(entries.map(({ id }) => id)).toEqual(newestFirst.map((id) => `urn:siaga:flag:${encodeURIComponent(id)}`));
    // The parser takes comments out even where they are text.
    expect(entries[3]?.content?.value).toBe('<script>alert(1)</script> & ]]>');
    expect(text).toContain('<![CDATA[<script>alert(1)</script> & ]]]]><![CDATA[> <!-- -->]]>');
    expect(entries[3]?.links?.[0]?.href).toBe('https://a.example/?a=1&b="2"');
    expect(links).toMatchObject([{ rel: 'self', href: `http://siaga.example/v1/flags.atom?campaign=${campaignId}` }]);
  });

  it.each([
    [
      '.atom',
      (text: string) => ({
        ids: parseAtomFeed(text).entries?.map(({ id }) => id),
        next: parseAtomFeed(text).links?.find(({ rel }) => rel === 'next')?.href,
      }),
    ],
    [
      '.jsonfeed',
      (text: string) => ({
        ids: parseJsonFeed(JSON.parse(text)).items?.map(({ id }) => id),
        next: parseJsonFeed(JSON.parse(text)).next_url,
      }),
    ],
  ])('lead from page to page in %s', async (path, read) => {
    const seen: unknown[] = [];
    for (
      let next: string | undefined = `${path}?campaign=${campaignId}&limit=2`;
      next !== undefined && seen.length < 9;
    ) {
      const page = read((await get(next)).text);
      seen.push(...(page.ids ?? []));
      next = page.next?.replace('http://siaga.example/v1/flags', '');
    }
    expect(seen).toEqual(newestFirst.map((id) => `urn:siaga:flag:${encodeURIComponent(id)}`));
  });

  it.each(['.atom', '.jsonfeed'])('in %s are not sent again unless something changed', async (path) => {
    const one = await openCampaign(database.db);
    const flag = aFlag({ post: { text: 'rahasia' } });
    await recordFlags(database.db, one, [flag]);
    const first = await get(`${path}?campaign=${one}`);
    const etag = first.headers.etag as string;
    const again = await get(`${path}?campaign=${one}`, { 'if-none-match': etag });
    expect([again.status, again.text]).toEqual([304, '']);
    await database.db.transaction((tx) => removePosts(tx, [{ what: 'post', postId: flag.post.id }]));
    const later = await get(`${path}?campaign=${one}`, { 'if-none-match': etag });
    expect(later.status).toBe(200);
    expect(later.text).not.toContain('rahasia');
    expect(later.text).toContain('text removed');
  });

  it('of nothing are feeds all the same', async () => {
    const text = (await get('.atom?platform=none')).text;
    expect(parseAtomFeed(text).entries ?? []).toEqual([]);
    expect((await get('.jsonfeed?platform=none')).json()).toMatchObject({ items: [] });
  });

  it.each(['.atom', '.jsonfeed', '.csv', '.ndjson'])('%s refuses what the list refuses', async (path) => {
    const answer = await get(`${path}?categroy=hate`);
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'application/problem+json']);
  });
});
