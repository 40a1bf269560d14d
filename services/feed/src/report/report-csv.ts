import { stringify } from 'csv-stringify/sync';
import { harmlessCell } from '../formats/harmless.js';
import type { Report } from './report-schema.js';

type Value = number | null;
type Row = readonly [platform: string, category: string, measure: string, value: Value];

/** The names that stand for no platform of their own. No platform can have them: names have no capital letters there. */
const [ALL, OTHERS] = ['ALL', 'OTHERS'];

/**
 * The report's figures one a row, for programs: table, platform, category, measure, value. Spans are in seconds, shares
 * between 0 and 1, what is not known is empty. RFC 4180.
 */
export function reportCsv(report: Report): string {
  const rows = Object.entries(TABLES).flatMap(([table, rowsOf]) =>
    rowsOf(report).map((row) => [report.month, table, ...row]),
  );
  return stringify([['month', 'table', 'platform', 'category', 'measure', 'value'], ...rows], {
    record_delimiter: 'windows',
    quoted_string: true,
    cast: { string: harmlessCell },
  });
}

const name = (platform: string | null) => platform ?? OTHERS;

const TABLES: Readonly<Record<string, (report: Report) => readonly Row[]>> = {
  notices: ({ notices }) =>
    notices.cells.flatMap(({ platform, category, outcomes, appeals, late }) =>
      measures(name(platform), category, {
        ...outcomes,
        late,
        'appeals-made': appeals.made,
        'appeals-actioned': appeals.actioned,
        'appeals-rejected': appeals.rejected,
      }),
    ),
  times: ({ times }) =>
    [{ ...times.all, at: ALL }, ...times.platforms.map((row) => ({ ...row, at: name(row.platform) }))].flatMap(
      (row) => [
        ...(['delivery', 'answer', 'removal'] as const).flatMap((what) =>
          measures(row.at, ALL, {
            [`${what}-count`]: row[what].count,
            [`${what}-median-seconds`]: row[what].median,
            [`${what}-p90-seconds`]: row[what].p90,
          }),
        ),
        ...measures(row.at, ALL, { 'posts-watched': row.watched }),
      ],
    ),
  precision: ({ precision }) =>
    precision.flatMap(({ platform, ...row }) =>
      measures(name(platform), ALL, {
        'platform-judged': row.platformJudged,
        ...interval('platform-precision', row.platformFound),
        'people-judged': row.peopleJudged,
        ...interval('people-precision', row.peopleFound),
      }),
    ),
  recall: ({ recall }) =>
    Object.entries(recall.categories).flatMap(([category, row]) =>
      measures(ALL, category, {
        alerts: row.alerts.flags,
        judged: row.alerts.judged,
        confirmed: row.alerts.confirmed,
        'audit-found': row.found,
        ...interval('precision', row.precision),
        ...interval('missed', row.missed),
        ...interval('recall', row.recall),
      }),
    ),
  models: ({ models }) =>
    models.flatMap((model) =>
      Object.entries(model.alerts).flatMap(([category, alerts]) =>
        measures(ALL, category, { [`alerts of ${model.name} ${model.version}`]: alerts }),
      ),
    ),
};

function measures(platform: string, category: string, values: Readonly<Record<string, Value>>): Row[] {
  return Object.entries(values).map(([measure, value]) => [platform, category, measure, value]);
}

function interval(measure: string, of: { estimate: number; low: number; high: number } | null) {
  return {
    [measure]: of?.estimate ?? null,
    [`${measure}-low`]: of?.low ?? null,
    [`${measure}-high`]: of?.high ?? null,
  };
}
