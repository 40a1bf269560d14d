import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { useDatabase } from '@siaga/testkit';
import { runClaims } from './run-claims.js';

const database = useDatabase();

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const print = (text: string) => void lines.push(text);
  const code = await runClaims(args, { databaseUrl: database.url, by: 'rina', print });
  return { code, text: lines.join('\n') };
}

async function aFile(name: string, content: string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'siaga-claims-')), name);
  await writeFile(file, content);
  return file;
}

const claims = () =>
  database.db.query('select text, verdict, url, publisher, language, state from claims order by text');

describe('npm run claims', () => {
  it('imports a CSV file, says which rows are no claims, and knows what it has', async () => {
    const file = await aFile(
      'claims.csv',
      `\uFEFFText,Verdict,URL,published_at
"Air keran, kata mereka, beracun",Salah,https://cek.example/1,2026-11-01
tanpa alamat,Salah,,
bukan tanggal,Salah,https://cek.example/2,kapan-kapan
bukan alamat,Salah,javascript:alert(1),
`,
    );
    const first = await run('import', file, '--publisher', 'Meja Uji', '--language', 'id');
    expect(first.code).toBe(1);
    expect(first.text).toContain('line 3: has no url');
    expect(first.text).toContain('line 4: published_at "kapan-kapan" is no date');
    expect(first.text).toContain('/url');
    expect(first.text).toContain('1 claims are new or changed, 0 were known, 3 rows were no claims');
    expect(await claims()).toEqual([
      {
        text: 'Air keran, kata mereka, beracun',
        verdict: 'Salah',
        url: 'https://cek.example/1',
        publisher: 'Meja Uji',
        language: 'id',
        state: 'active',
      },
    ]);
    const again = await run('import', file, '--publisher', 'Meja Uji');
    expect(again.text).toContain('0 claims are new or changed, 1 were known');
  });

  it('imports a data feed from an address, and changes what came', async () => {
    const item = {
      '@type': 'ClaimReview',
      claimReviewed: 'Zona merah ditutup',
      reviewRating: { alternateName: 'Keliru' },
      url: 'https://cek.example/z',
      author: { name: 'Pemeriksa' },
    };
    const server = createServer((_request, response) => response.end(JSON.stringify({ dataFeedElement: [{ item }] })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.json`;
    expect(await run('import', url)).toMatchObject({ code: 0 });
    server.close();
    const [row] = await database.db.query<{ claim_id: string }>(`select claim_id from claims where verdict = 'Keliru'`);
    const id = row?.claim_id ?? '';
    expect(JSON.parse((await run('disable', id)).text)).toMatchObject({ state: 'disabled', publisher: 'Pemeriksa' });
    expect(JSON.parse((await run('edit', id, '--text', 'Zona merah ditutup total')).text)).toMatchObject({
      text: 'Zona merah ditutup total',
      editedBy: 'rina',
    });
    expect((await run('status')).text).toMatch(/1 {2}disabled {3}Pemeriksa/);
    await expect(run('edit', id, '--verdict', ' '.repeat(0))).rejects.toThrow('that is no claim');
    await expect(run('disable', 'claim:none')).rejects.toThrow('there is no claim claim:none');
  });

  it('says what a file would have to be', async () => {
    const page = await aFile('page.html', '<html></html>');
    await expect(run('import', page)).rejects.toThrow('--url URL');
    await expect(run('import', '/nowhere/at/all.csv')).rejects.toThrow('no such file');
    await expect(run('import')).rejects.toThrow('needs a file or an address');
  });
});
