import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseCommandLine, UsageError } from '@siaga/runtime';
import { withDatabase } from '@siaga/storage';
import { isUsableZone } from '../report/month.js';
import { reportCsv } from '../report/report-csv.js';
import { reportHtml } from '../report/report-html.js';
import { NoChromiumError } from '../report/report-pdf.js';
import { createReports } from '../report/reports.js';
import { REPORT_TEXTS, type ReportLanguage } from '../report/texts.js';
import { TIME_ZONE } from '../settings.js';

const OPTIONS = {
  month: { type: 'string' },
  out: { type: 'string' },
  language: { type: 'string' },
  'no-pdf': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `npm run report -- [--month 2026-10] [--out FOLDER] [--language id|en] [--no-pdf]

Writes the transparency report of a month, of the last one that is over unless said, into FOLDER (here): siaga-2026-10-id.html,
the same as .pdf by Chromium, and siaga-2026-10.csv, in both languages unless said. It holds no text, author or address of
any post. A month's report changes until the last of its notices is settled. Months are those of SIAGA_TIME_ZONE (${TIME_ZONE}).`;

export interface Surroundings {
  readonly databaseUrl?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly chromiumPath?: string | undefined;
  readonly searchPath?: string | undefined;
  readonly print: (text: string) => void;
}

/** @returns the exit code */
export async function runReport(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { print, databaseUrl, timeZone = TIME_ZONE } = surroundings;
  const { help, month, out = '.', language, words, 'no-pdf': noPdf } = parseCommandLine(args, OPTIONS);
  if (help) return (print(HELP), 0);
  if (words.length > 0) throw new UsageError(`what is "${words[0]}"? npm run report -- --help`);
  if (!isUsableZone(timeZone)) throw new UsageError(`SIAGA_TIME_ZONE=${timeZone} is no time zone of whole hours`);
  const languages = languagesOf(language);
  await withDatabase(databaseUrl, 'siaga-report', async (db) => {
    const reports = createReports(db, { ...surroundings, timeZone });
    const report = await reports.report(month);
    if (!report) throw new UsageError(`--month takes a month that has begun, such as 2026-10, and not ${month}`);
    await mkdir(out, { recursive: true });
    const write = async (name: string, content: string | Buffer) => {
      const file = path.join(out, name);
      await writeFile(file, content);
      print(file);
    };
    await write(`siaga-${report.month}.csv`, reportCsv(report));
    for (const one of languages) await write(`siaga-${report.month}-${one}.html`, reportHtml(report, one));
    for (const one of noPdf ? [] : languages) {
      await write(`siaga-${report.month}-${one}.pdf`, await reports.pdf(report, one).catch(withoutChromium));
    }
  });
  return 0;
}

function withoutChromium(error: unknown): never {
  if (error instanceof NoChromiumError) throw new UsageError(`${error.message}; --no-pdf does without`);
  throw error;
}

function languagesOf(wanted: string | undefined): readonly ReportLanguage[] {
  const known = Object.keys(REPORT_TEXTS) as ReportLanguage[];
  if (wanted === undefined) return known;
  const one = known.find((language) => language === wanted);
  if (!one) throw new UsageError(`--language takes ${known.join(' or ')}`);
  return [one];
}
