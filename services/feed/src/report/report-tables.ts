import type { Category } from '@siaga/contracts';
import { DSA_CATEGORIES } from './dsa.js';
import type { Report } from './report-schema.js';
import type { ReportTexts } from './texts.js';
import { spanWords } from '../time-words.js';

/** A table of the report as people read it, the same on paper and in the console. Cells are text, to be escaped. */
export interface ReportTable {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly columns: readonly { readonly name: string; readonly isNumber?: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** What the rows come to. */
  readonly total?: readonly string[];
}

type Interval = NonNullable<Report['recall']['categories']['hate']['recall']>;
type Times = Report['times']['all'];

const CATEGORIES = ['hoax', 'hate', 'bullying'] as const satisfies readonly Category[];
const SHOWN_OUTCOMES = ['actioned', 'rejected', 'disputed', 'in-progress', 'unanswered', 'undelivered'] as const;

export function reportTables(report: Report, t: ReportTexts): ReportTable[] {
  const { notices, times, precision, recall, models, namedFrom } = report;
  const count = (n: number) => n.toLocaleString(t.locale);
  const percent = (share: number) => `${(share * 100).toLocaleString(t.locale, { maximumFractionDigits: 1 })}%`;
  const share = (of: Interval | null) =>
    of === null ? t.none : `${percent(of.estimate)} (${percent(of.low)}–${percent(of.high)})`;
  const span = (of: Times['delivery']) =>
    of.median === null || of.p90 === null
      ? `${t.none} (${count(of.count)})`
      : `${spanWords(of.median * 1000, t.units)} / ${spanWords(of.p90 * 1000, t.units)} (${count(of.count)})`;
  const platform = (name: string | null) => name ?? t.others;
  const number = (name: string) => ({ name, isNumber: true });
  const totalOf = (cells: typeof notices.cells, of: (cell: (typeof cells)[number]) => number) =>
    count(cells.reduce((total, cell) => total + of(cell), 0));
  const outcomeCells = (cells: typeof notices.cells) => [
    totalOf(cells, ({ outcomes }) => SHOWN_OUTCOMES.reduce((total, outcome) => total + outcomes[outcome], 0)),
    ...SHOWN_OUTCOMES.map((outcome) => totalOf(cells, ({ outcomes }) => outcomes[outcome])),
    totalOf(cells, ({ late }) => late),
  ];
  const byPlatform = [...new Set(notices.cells.map((cell) => cell.platform))].map(
    (name) => [name, notices.cells.filter((cell) => cell.platform === name)] as const,
  );
  const appealCells = (cells: typeof notices.cells) => [
    totalOf(cells, ({ outcomes }) => outcomes.rejected),
    totalOf(cells, ({ appeals }) => appeals.made),
    totalOf(cells, ({ appeals }) => appeals.actioned),
    totalOf(cells, ({ appeals }) => appeals.rejected),
  ];
  const timeCells = (row: Times) => [span(row.delivery), span(row.answer), span(row.removal), count(row.watched)];

  return [
    {
      id: 'notices',
      title: t.byOutcome.title,
      note: t.byOutcome.note(namedFrom),
      columns: [
        ...[{ name: t.platform }, { name: t.category }, number(t.notices)],
        ...SHOWN_OUTCOMES.map((outcome) => number(t.outcomes[outcome])),
        number(t.late),
      ],
      rows: notices.cells.map((cell) => [
        platform(cell.platform),
        t.categories[cell.category],
        ...outcomeCells([cell]),
      ]),
      total: [t.all, '', ...outcomeCells(notices.cells)],
    },
    {
      id: 'times',
      title: t.times.title,
      note: t.times.note(namedFrom),
      columns: [
        { name: t.platform },
        ...[t.times.delivery, t.times.answer, t.times.removal, t.times.watched].map(number),
      ],
      rows: times.platforms.map((row) => [platform(row.platform), ...timeCells(row)]),
      total: [t.all, ...timeCells(times.all)],
    },
    {
      id: 'appeals',
      title: t.appeals.title,
      note: t.appeals.note,
      columns: [
        { name: t.platform },
        ...[t.outcomes.rejected, t.appeals.made, t.appeals.thenActioned, t.appeals.thenRejected].map(number),
      ],
      rows: byPlatform.map(([name, cells]) => [platform(name), ...appealCells(cells)]),
      total: [t.all, ...appealCells(notices.cells)],
    },
    {
      id: 'precision',
      title: t.precision.title,
      note: t.precision.note,
      columns: [
        { name: t.platform },
        ...[t.precision.platformJudged, t.precision.platformFound].map(number),
        ...[t.precision.peopleJudged, t.precision.peopleFound].map(number),
      ],
      rows: precision.map((row) => [
        ...[platform(row.platform), count(row.platformJudged), share(row.platformFound)],
        ...[count(row.peopleJudged), share(row.peopleFound)],
      ]),
    },
    {
      id: 'recall',
      title: t.recall.title,
      note: t.recall.note(recall.judged, recall.audited),
      columns: [
        { name: t.category },
        ...[t.recall.alerts, t.recall.judged, t.recall.precision].map(number),
        ...[t.recall.found, t.recall.missed, t.recall.recall].map(number),
      ],
      rows: CATEGORIES.map((category) => {
        const { alerts, precision: right, found, missed, recall: caught } = recall.categories[category];
        const range = missed && `${count(Math.floor(missed.low))}–${count(Math.ceil(missed.high))}`;
        return [
          ...[t.categories[category], count(alerts.flags), count(alerts.judged), share(right)],
          ...[count(found), range ?? t.none, share(caught)],
        ];
      }),
    },
    {
      id: 'models',
      title: t.models.title,
      note: t.models.note,
      columns: [
        ...[{ name: t.models.model }, { name: t.models.version }],
        ...CATEGORIES.map((category) => number(t.categories[category])),
      ],
      rows: models.map(({ name, version, alerts }) => [name, version, ...CATEGORIES.map((c) => count(alerts[c]))]),
    },
    {
      id: 'dsa',
      title: t.dsa.title,
      note: t.dsa.note,
      columns: [...[t.category, t.dsa.statement, t.dsa.keyword].map((name) => ({ name })), number(t.notices)],
      rows: CATEGORIES.map((category) => [
        ...[t.categories[category], DSA_CATEGORIES[category].category, DSA_CATEGORIES[category].keyword],
        outcomeCells(notices.cells.filter((cell) => cell.category === category))[0] as string,
      ]),
    },
  ];
}
