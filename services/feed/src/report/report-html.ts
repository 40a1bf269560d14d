import { harmlessText } from '../formats/harmless.js';
import { spanWords } from '../time-words.js';
import { monthWords } from './month-words.js';
import type { Report } from './report-schema.js';
import { REPORT_POLICY, REPORT_STYLE } from './report-style.js';
import { reportTables, type ReportTable } from './report-tables.js';
import { REPORT_TEXTS, type ReportLanguage, type ReportTexts } from './texts.js';

const OUTCOMES = ['actioned', 'rejected', 'disputed', 'in-progress', 'unanswered', 'undelivered'] as const;

/** The report as one page that needs nothing else: to be kept, mailed, printed or put on a web site. */
export function reportHtml(report: Report, language: ReportLanguage): string {
  const t = REPORT_TEXTS[language];
  const month = monthWords(report.month, t.locale);
  const madeAt = new Date(report.madeAt).toLocaleString(t.locale, {
    ...{ dateStyle: 'long', timeStyle: 'short', timeZone: report.timeZone },
  });
  const tables = reportTables(report, t);
  const isEmpty = report.notices.total === 0;
  // What went to nobody has no outcomes and no times.
  const shown = isEmpty ? tables.filter(({ id }) => id === 'recall' || id === 'models') : tables;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${escaped(REPORT_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Siaga: ${escaped(t.title)}, ${escaped(month)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<header>
<p class="muted">Siaga · ${escaped(t.title)}</p>
<h1>${escaped(month)}</h1>
<p class="muted">${escaped(t.subtitle)}. ${escaped(t.madeAt(madeAt))} (${escaped(report.timeZone)}).</p>
${report.complete ? '' : `<p><strong>${escaped(t.incomplete)}</strong></p>`}
</header>
${isEmpty ? `<div class="empty"><h2>${escaped(t.empty)}</h2><p class="muted">${escaped(t.emptyHint)}</p></div>` : overview(report, t)}
${shown.map((one) => table(one, t.none)).join('\n')}
<footer>${escaped(t.noPersonalData)}</footer>
</main>
</body>
</html>
`;
}

function overview({ notices, times }: Report, t: ReportTexts): string {
  const of = (outcome: (typeof OUTCOMES)[number]) =>
    notices.cells.reduce((total, { outcomes }) => total + outcomes[outcome], 0);
  const { median } = times.all.delivery;
  const figures = {
    [t.figures.notices]: notices.total.toLocaleString(t.locale),
    [t.figures.actioned]: of('actioned').toLocaleString(t.locale),
    [t.figures.late]: notices.late.toLocaleString(t.locale),
    [t.figures.delivery]: median === null ? t.none : spanWords(median * 1000, t.units),
  };
  const counted = OUTCOMES.filter((outcome) => of(outcome) > 0);
  let x = 0;
  const parts = counted.map((outcome) => {
    const width = (1000 * of(outcome)) / notices.total;
    const part = `<rect class="${outcome}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="10"/>`;
    x += width;
    return part;
  });
  const key = counted.map(
    (outcome) =>
      `<li><svg viewBox="0 0 1 1" aria-hidden="true"><rect class="${outcome}" width="1" height="1"/></svg>` +
      `${escaped(t.outcomes[outcome])} ${of(outcome).toLocaleString(t.locale)}</li>`,
  );
  return `<dl class="figures">${Object.entries(figures)
    .map(([name, value]) => `<div><dd>${escaped(value)}</dd><dt>${escaped(name)}</dt></div>`)
    .join('')}</dl>
<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">${parts.join('')}</svg>
<ul class="key">${key.join('')}</ul>`;
}

function table({ id, title, note, columns, rows, total }: ReportTable, none: string): string {
  const isNumber = (at: number) => columns[at]?.isNumber === true;
  const cell = (text: string, at: number) =>
    at === 0
      ? `<th scope="row"><bdi>${escaped(text)}</bdi></th>`
      : // Where the names of an API may break.
        `<td${isNumber(at) ? ' class="number"' : ''}>${escaped(text).replaceAll('_', '_<wbr>')}</td>`;
  const head = columns.map(
    ({ name }, at) => `<th scope="col"${isNumber(at) ? ' class="number"' : ''}>${escaped(name)}</th>`,
  );
  const row = (cells: readonly string[]) => `<tr>${cells.map(cell).join('')}</tr>`;
  return `<section>
<h2 id="${id}">${escaped(title)}</h2>
<p class="note">${escaped(note)}</p>
<div class="wide" role="region" aria-labelledby="${id}" tabindex="0"><table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>${rows.map(row).join('\n') || `<tr><td colspan="${columns.length}">${none}</td></tr>`}</tbody>
${total ? `<tfoot>${row(total)}</tfoot>` : ''}
</table></div>
</section>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => harmlessText(text).replace(/[&<>"]/g, (character) => ENTITIES[character] as string);
