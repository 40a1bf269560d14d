import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { useDatabase } from '@siaga/testkit';
import { aPastNotice, SECRETS } from '../report/report.fixture.js';
import { runReport } from './run-report.js';

const { CHROMIUM_PATH, CI } = process.env;

describe('npm run report', () => {
  const database = useDatabase();
  const run = async (...args: string[]) => {
    const said: string[] = [];
    const surroundings = {
      databaseUrl: database.url,
      chromiumPath: CHROMIUM_PATH,
      print: (line: string) => said.push(line),
    };
    return { code: await runReport(args, surroundings), said };
  };
  const folder = () => mkdtemp(path.join(tmpdir(), 'siaga-report-'));

  (CHROMIUM_PATH || CI ? it : it.skip)('writes pages, papers and figures, with nobody in them', async () => {
    for (let n = 0; n < 6; n++) {
      const openedAt = '2026-03-10T03:00:00Z';
      await aPastNotice(database.db, {
        platform: 'besar',
        openedAt,
        delivered: 4,
        answers: [['actioned', 90]],
        gone: 200,
      });
    }
    const out = path.join(await folder(), 'new');
    const { code, said } = await run('--month', '2026-03', '--out', out);
    expect(code).toBe(0);
    const files = await readdir(out);
    expect(files.sort()).toEqual(
      ['2026-03-en.html', '2026-03-en.pdf', '2026-03-id.html', '2026-03-id.pdf', '2026-03.csv'].map(
        (f) => `siaga-${f}`,
      ),
    );
    expect(said.sort()).toEqual(files.map((file) => path.join(out, file)));
    // What is on paper, the test of hostile names reads.
    for (const file of files.filter((name) => !name.endsWith('.pdf'))) {
      const content = await readFile(path.join(out, file), 'latin1');
      for (const secret of Object.values(SECRETS)) expect(content).not.toContain(secret);
    }
    // Printed from the page by a browser that has no network: what the page does not hold cannot be in it.
    const pdf = await readFile(path.join(out, 'siaga-2026-03-en.pdf'), 'latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf).toMatch(/\/Type \/Page\b/);
    expect(pdf).toMatch(/\/StructTreeRoot/);
  });

  it('says what is wrong in one line', async () => {
    await expect(run('--month', '2093-01')).rejects.toThrow('a month that has begun, such as 2026-10, and not 2093-01');
    await expect(run('--month', 'maret')).rejects.toThrow('and not maret');
    await expect(run('--language', 'jv')).rejects.toThrow('--language takes id or en');
    await expect(run('maret')).rejects.toThrow('what is "maret"?');
    await expect(runReport([], { print: () => undefined })).rejects.toThrow('no fleet has run here');
    await expect(
      runReport([], { databaseUrl: database.url, timeZone: 'Asia/Kolkata', print: () => undefined }),
    ).rejects.toThrow('no time zone of whole hours');
    await expect(
      runReport(['--out', await folder()], {
        databaseUrl: database.url,
        searchPath: '/nowhere',
        print: () => undefined,
      }),
    ).rejects.toThrow(/apt-get install chromium.*--no-pdf does without/);
    expect((await run('--help')).said[0]).toContain('--month 2026-10');
  });
});
