import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { declareSources, listSources, renewLeases, saveCursor, takeSources, type SourceLease } from '@siaga/storage';
import { useDatabase } from '@siaga/testkit';
import { runSources } from './run-sources.js';

const database = useDatabase();
let folder: string;
let file: string;
let server: Server;
let feedUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-cli-'));
  file = path.join(folder, 'sources.yaml');
  server = createServer((request, response) =>
    request.url === '/feed'
      ? response.end('<rss version="2.0"><channel><title>K</title><item><title>Kabar</title></item></channel></rss>')
      : response.writeHead(404).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  feedUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const code = await runSources([...args, '--file', file], {
    databaseUrl: database.url,
    allowPrivateAddresses: true,
    print: (text) => lines.push(text),
  });
  return { code, text: lines.join('\n') };
}

describe('npm run sources', () => {
  it('adds sources to a registry that it begins, and leaves comments as they are', async () => {
    await run('add', 'feed', 'name=kabar', `url=${feedUrl}`, 'pollSeconds=60');
    await writeFile(file, `# punya kami\n${await readFile(file, 'utf8')}`);
    await run('add', 'file', 'name=arsip', `path=${path.join(folder, 'tidak-ada.ndjson')}`);
    expect(await readFile(file, 'utf8')).toBe(`# punya kami
sources:
  - kind: feed
    name: kabar
    url: ${feedUrl}
    pollSeconds: 60
  - kind: file
    name: arsip
    path: ${path.join(folder, 'tidak-ada.ndjson')}
`);
  });

  it('adds nothing that the registry could not be read with', async () => {
    const before = await readFile(file, 'utf8');
    await expect(run('add', 'feed', 'name=kabar', 'url=nowhere')).rejects.toThrow(/sources\[2\].url must match/);
    await expect(run('add', 'feed', 'name')).rejects.toThrow('"name" is not of the form field=value');
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('checks what each source answers', async () => {
    const { code, text } = await run('check');
    expect(text).toBe(
      `ok    kabar (feed): answers; 1 events at first
FAIL  arsip (file): ENOENT: no such file or directory, open '${path.join(folder, 'tidak-ada.ndjson')}'`,
    );
    expect(code).toBe(1);
    expect((await run('check', 'kabar')).code).toBe(0);
  });

  it('lists sources with who reads them, pauses, resumes and rewinds them', async () => {
    await declareSources(database.db, ['kabar', 'lama']);
    const [lease] = (await takeSources(database.db, {
      holder: 'w1',
      among: ['kabar'],
      limit: 1,
      ttlMs: 60_000,
    })) as [SourceLease];
    await saveCursor(database.db, lease, { seen: [] });
    await renewLeases(database.db, [{ lease, health: { state: 'running', posts: 7 } }], 60_000);
    expect((await run('list')).text.split('\n').map((line) => line.split(/ {2,}/).slice(0, 5))).toEqual([
      ['source', 'kind', 'state', 'worker', 'posts'],
      ['kabar', 'feed', 'running', 'w1', '7'],
      ['arsip', 'file', 'nobody reads it', '-', '0'],
      ['lama', 'not in the registry', 'nobody reads it', '-', '0'],
    ]);
    await run('pause', 'kabar');
    expect((await run('list')).text).toMatch(/kabar +feed +paused/);
    await run('resume', 'kabar');
    expect((await run('list')).text).toMatch(/kabar +feed +nobody reads it/);
    expect((await listSources(database.db))[0]).toMatchObject({ source: 'kabar', hasCursor: true });
    await run('rewind', 'kabar', 'beginning');
    expect((await listSources(database.db))[0]).toMatchObject({ source: 'kabar', hasCursor: false });
  });

  it.each([
    [['pause', 'kabat'], 'no source is named "kabat": there are kabar, arsip'],
    [['rewind', 'kabar', 'kemarin'], /"kemarin" is neither a time such as/],
    [['rewind', 'kabar', '2026-11-24T10:00Z'], 'a source of kind feed can only be rewound to its "beginning"'],
    [['lisst'], 'unknown command "lisst"'],
    [['list', '--colour'], /Unknown option '--colour'/],
  ])('says of %j what is wrong', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });
});
