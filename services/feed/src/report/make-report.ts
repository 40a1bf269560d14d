import {
  alertsByModel,
  auditCounts,
  judgedAlerts,
  noticeCells,
  OUTCOMES,
  platformTimes,
  type JudgedAlerts,
  type NoticeCell,
  type Queryable,
  type SpanSummary,
} from '@siaga/storage';
import { estimateRecall } from '../recall/estimate-recall.js';
import { wilsonInterval } from '../recall/intervals.js';
import type { Month } from './month.js';
import type { Report } from './report-schema.js';

/** Under fewer notices a platform is not named, and of fewer spans no median is told: they would be about single cases. */
export const NAMED_FROM = 5;

const ALPHA = 0.05;

/** Counts a month's notices by where they stand now, so the report of a month changes until the last of them is settled. */
export async function makeReport(
  db: Queryable,
  { name, from, to }: Month,
  timeZone: string,
  now: Date = new Date(),
): Promise<Report> {
  const span = { from, to };
  const [cells, times, judged, audit, models] = await Promise.all([
    noticeCells(db, span, NAMED_FROM),
    platformTimes(db, span, NAMED_FROM),
    judgedAlerts(db, span, NAMED_FROM),
    auditCounts(db, span),
    alertsByModel(db, span),
  ]);
  const timesOf = ({ delivery, answer, removal, watched }: Omit<(typeof times)[number], 'platform'>) => ({
    ...{ delivery: told(delivery), answer: told(answer), removal: told(removal) },
    watched,
  });
  const all = times.find(({ platform }) => platform === undefined);
  return {
    month: name,
    timeZone,
    from: from.toISOString(),
    to: to.toISOString(),
    madeAt: now.toISOString(),
    complete: now >= to,
    namedFrom: NAMED_FROM,
    notices: {
      total: sum(cells, totalOf),
      late: sum(cells, ({ late }) => late),
      cells: cells.map((cell) => ({ ...cell, outcomes: { ...cell.outcomes }, appeals: { ...cell.appeals } })),
    },
    times: {
      all: timesOf(all ?? { delivery: NONE, answer: NONE, removal: NONE, watched: 0 }),
      platforms: times.flatMap(({ platform, ...row }) =>
        platform === undefined ? [] : [{ platform, ...timesOf(row) }],
      ),
    },
    precision: precisionOf(cells, judged),
    recall: estimateRecall(audit),
    models: models.map((model) => ({ ...model, alerts: { ...model.alerts } })),
  };
}

const NONE: SpanSummary = { count: 0, median: null, p90: null };
const told = (summary: SpanSummary) =>
  summary.count >= NAMED_FROM ? { ...summary } : { ...NONE, count: summary.count };

export const totalOf = ({ outcomes }: Pick<NoticeCell, 'outcomes'>): number =>
  OUTCOMES.reduce((total, outcome) => total + outcomes[outcome], 0);

function precisionOf(cells: readonly NoticeCell[], judged: readonly JudgedAlerts[]): Report['precision'] {
  const names = new Set([...cells, ...judged].map(({ platform }) => platform));
  const ordered = [...names].sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
  return ordered.map((platform) => {
    const own = cells.filter((cell) => cell.platform === platform);
    const right = sum(own, ({ outcomes }) => outcomes.actioned);
    const wrong = sum(own, ({ outcomes }) => outcomes.rejected + outcomes.disputed);
    const people = judged.find((row) => row.platform === platform) ?? { judged: 0, confirmed: 0 };
    return {
      platform,
      platformJudged: right + wrong,
      platformFound: shareOf(right, right + wrong),
      peopleJudged: people.judged,
      peopleFound: shareOf(people.confirmed, people.judged),
    };
  });
}

const shareOf = (of: number, all: number) => (all === 0 ? null : wilsonInterval(of, all, ALPHA));

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}
