import { useCallback, useContext, useEffect, useState } from 'preact/hooks';
import { monthWords } from '../../report/month-words.js';
import type { Report } from '../../report/report-schema.js';
import { reportTables } from '../../report/report-tables.js';
import { REPORT_TEXTS } from '../../report/texts.js';
import { LanguageContext, useTexts, useTextsOf } from '../language.js';
import { HttpError, loadReport } from '../load.js';
import type { ViewProps } from '../place.js';
import { REPORT_WORDS } from '../texts/report.js';
import { DataTable } from './data-table.js';
import { ListState } from './list-state.js';
import { ViewHeading } from './view-heading.js';
import '../styles/report.css';

type Loaded = { readonly of: string; readonly report: Report } | { readonly of: string; readonly failed: number };

/** The transparency report of the month that the address names; of the last one that is over when it names none. */
export function ReportView({ query }: ViewProps) {
  const shared = useTexts();
  const t = useTextsOf(REPORT_WORDS);
  const language = useContext(LanguageContext);
  const words = REPORT_TEXTS[language];
  const month = new URLSearchParams(query).get('month') ?? '';
  const [state, setState] = useState<Loaded>();
  const load = useCallback(
    (signal?: AbortSignal) =>
      loadReport(month, signal).then(
        (report) => setState({ of: month, report }),
        (error: unknown) => {
          if (!signal?.aborted) setState({ of: month, failed: error instanceof HttpError ? error.status : 0 });
        },
      ),
    [month],
  );
  useEffect(() => {
    const request = new AbortController();
    void load(request.signal);
    return () => request.abort();
  }, [load]);

  const current = state?.of === month ? state : undefined;
  const report = current && 'report' in current ? current.report : undefined;
  const isEmpty = report?.notices.total === 0;
  const at = report?.month ?? month;
  const link = (form: string) => `/v1/report.${form}?month=${at}${form === 'csv' ? '' : `&language=${language}`}`;
  return (
    <main class="report">
      <div class="report-head">
        <ViewHeading>{report ? `${words.title}, ${monthWords(report.month, words.locale)}` : words.title}</ViewHeading>
        <label>
          {t.month}{' '}
          <input
            type="month"
            value={at}
            pattern="20[2-9][0-9]-(0[1-9]|1[0-2])"
            onChange={({ currentTarget: { value, validity } }) => {
              if (value && validity.valid) location.hash = `#/report?month=${value}`;
            }}
          />
        </label>
        {report && (
          <p class="downloads" aria-label={t.downloads} role="group">
            <a href={link('html')} target="_blank" rel="noopener">
              {t.page}
            </a>
            <a href={link('pdf')} download>
              {t.pdf}
            </a>
            <a href={link('csv')} download>
              {t.csv}
            </a>
          </p>
        )}
      </div>
      {!current && <ListState kind="loading" />}
      {current && 'failed' in current && (
        <div class="list-state" role="alert">
          <h3>{current.failed === 404 || current.failed === 400 ? t.missing : t.failed}</h3>
          <button type="button" class="solid" onClick={() => void load()}>
            {shared.retry}
          </button>
        </div>
      )}
      {report && !report.complete && <p class="note">{words.incomplete}</p>}
      {isEmpty && (
        <div class="list-state" role="status">
          <h3>{words.empty}</h3>
          <p>{words.emptyHint}</p>
        </div>
      )}
      {report &&
        reportTables(report, words)
          .filter(({ id }) => !isEmpty || id === 'recall' || id === 'models')
          .map((table) => (
            <section key={table.id}>
              <h3 id={`report-${table.id}`}>{table.title}</h3>
              <p class="note">{table.note}</p>
              <DataTable table={table} labelledBy={`report-${table.id}`} none={words.none} />
            </section>
          ))}
      {report && <p class="note">{words.noPersonalData}</p>}
    </main>
  );
}
