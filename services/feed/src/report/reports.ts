import type { Queryable } from '@siaga/storage';
import { keptFor } from '../kept-for.js';
import { makeReport } from './make-report.js';
import { monthAt, monthOf } from './month.js';
import { chromiumAt, printPdf } from './report-pdf.js';
import { reportHtml } from './report-html.js';
import type { Report } from './report-schema.js';
import type { ReportLanguage } from './texts.js';

export interface ReportSettings {
  /** Whose months are reported on. */
  readonly timeZone: string;
  /** What prints: its path, or where it is looked for. */
  readonly chromiumPath?: string | undefined;
  readonly searchPath?: string | undefined;
}

/** What `makeReport` and Chromium make, at most once at a time. */
export interface Reports {
  /**
   * @param month such as 2026-10; the last one that is over when not given
   * @returns undefined when there is no such month, or it has not begun
   */
  report(month: string | undefined): Promise<Report | undefined>;
  /** @throws NoChromiumError */
  pdf(report: Report, language: ReportLanguage): Promise<Buffer>;
}

const KEPT_MS = 30_000;
const MONTHS_KEPT = 24;

export function createReports(db: Queryable, settings: ReportSettings): Reports {
  const { timeZone } = settings;
  const kept = new Map<string, () => Promise<Report>>();
  const printed = new WeakMap<Report, Partial<Record<ReportLanguage, Promise<Buffer>>>>();
  let printing: Promise<unknown> = Promise.resolve();

  return {
    async report(name) {
      const now = new Date();
      const month = monthOf(name ?? monthAt(now, timeZone, -1), timeZone);
      if (!month || month.from > now) return undefined;
      const known = kept.get(month.name) ?? keptFor(KEPT_MS, () => makeReport(db, month, timeZone));
      // The one asked for last goes last.
      kept.delete(month.name);
      kept.set(month.name, known);
      const [oldest] = kept.keys();
      if (kept.size > MONTHS_KEPT && oldest !== undefined) kept.delete(oldest);
      return known();
    },
    async pdf(report, language) {
      const executable = chromiumAt(settings.chromiumPath, settings.searchPath);
      const done = printed.get(report) ?? {};
      printed.set(report, done);
      const print = async () => printPdf(reportHtml(report, language), executable);
      // A browser is 200 MB of memory: one at a time.
      const pdf = (done[language] ??= printing.then(print, print));
      printing = pdf;
      pdf.catch(() => delete done[language]);
      return pdf;
    },
  };
}
