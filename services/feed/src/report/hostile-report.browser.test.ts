import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { HOSTILE_POSTS, useDatabase } from '@siaga/testkit';
import { extractText, getDocumentProxy } from 'unpdf';
import { runReport } from '../cli/run-report.js';
import { harmlessText } from '../formats/harmless.js';
import { aPastNotice, SECRETS } from './report.fixture.js';
import { NAMED_FROM } from './make-report.js';

const { CHROMIUM_PATH, CI } = process.env;
/** One line each, as a name is, and no longer than a page. */
const NAMES = [
  ...HOSTILE_POSTS.flatMap(({ text, url }) => [text, url]).map((text) => text.slice(0, 200)),
  '<iframe src="file:///etc/passwd"></iframe>',
  '<meta http-equiv="refresh" content="0;url=https://jahat.invalid/">',
  '<style>*{display:none}</style>',
  '&lt;script&gt;',
];
const openedAt = '2026-03-10T03:00:00Z';

describe('a report of hostile names', () => {
  const database = useDatabase();

  (CHROMIUM_PATH || CI ? it : it.skip)(
    'shows them on paper as they were written, and does nothing that they say',
    async () => {
      const { db } = database;
      const platforms = [...new Set(NAMES)];
      for (const platform of platforms) {
        for (let n = 0; n < NAMED_FROM; n++)
          await aPastNotice(db, { platform, openedAt, delivered: 4, judged: 'confirm' });
      }
      await db.query(
        `insert into alert_counts (hour, category, platform, model_name, model_version, alerts)
         select '2026-03-10T03:00:00Z', 'hate', 'demo', name, name, 1 from unnest($1::text[]) as name`,
        [platforms],
      );
      const out = await mkdtemp(path.join(tmpdir(), 'siaga-report-'));
      const surroundings = { databaseUrl: database.url, chromiumPath: CHROMIUM_PATH, print: () => undefined };
      expect(await runReport(['--month', '2026-03', '--out', out], surroundings)).toBe(0);

      for (const language of ['id', 'en']) {
        const pdf = await getDocumentProxy(
          new Uint8Array(await readFile(path.join(out, `siaga-2026-03-${language}.pdf`))),
        );
        const { text } = await extractText(pdf, { mergePages: true });
        // A name may be broken over lines, where a table is narrow.
        const shown = withoutSpace(text);
        for (const name of platforms) expect(shown).toContain(withoutSpace(harmlessText(name)));
        expect(shown).toContain('[U+202E]');
        expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        for (const secret of Object.values(SECRETS)) expect(shown).not.toContain(withoutSpace(secret));

        expect([await pdf.getJSActions(), await pdf.getAttachments(), await pdf.getOpenAction()]).toEqual([
          null,
          null,
          null,
        ]);
        for (let page = 1; page <= pdf.numPages; page++) {
          const annotations = (await (await pdf.getPage(page)).getAnnotations()) as unknown[];
          expect(annotations).toEqual([]);
        }
      }
    },
    180_000,
  );
});

const withoutSpace = (text: string): string => text.normalize().replace(/\s+/gu, '');
