import type { FlagRow } from '@siaga/storage';
import { stringify } from 'csv-stringify/sync';
import { harmlessCell } from './harmless.js';

type Cell = string | number | null;

/** Column -> what stands there. New ones come last: a spreadsheet counts them. */
const COLUMNS: Readonly<Record<string, (row: FlagRow) => Cell>> = {
  flagId: ({ flagId }) => flagId,
  recordedAt: ({ recordedAt }) => recordedAt.toISOString(),
  category: ({ category }) => category,
  score: ({ score }) => score,
  threshold: ({ threshold }) => threshold,
  platform: ({ platform }) => platform,
  url: ({ url }) => url,
  author: ({ author }) => author,
  language: ({ language }) => language,
  text: ({ text }) => text,
  createdAt: ({ createdAt }) => createdAt.toISOString(),
  removedAt: ({ removedAt }) => removedAt?.toISOString() ?? null,
  campaignId: ({ campaignId }) => campaignId,
  campaignSize: ({ campaignSize }) => campaignSize,
  noticeState: ({ answerState, deliveryState }) => answerState ?? deliveryState,
  dueAt: ({ dueAt }) => dueAt?.toISOString() ?? null,
  modelVersion: ({ modelVersion }) => modelVersion,
};

/** RFC 4180. Every text stands in quotation marks, for readers that take a bare line break for the end of a row. */
const csv = (rows: readonly (readonly Cell[])[]): string =>
  stringify(rows as Cell[][], { record_delimiter: 'windows', quoted_string: true, cast: { string: harmlessCell } });

const CELLS = Object.values(COLUMNS);

export const CSV_HEAD = csv([Object.keys(COLUMNS)]);

export function csvRows(rows: readonly FlagRow[]): string {
  return csv(rows.map((row) => CELLS.map((cell) => cell(row))));
}
