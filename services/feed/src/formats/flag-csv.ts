import { stringify } from 'csv-stringify/sync';
import type { FlagItem } from '../flag-item.js';
import { harmlessCell } from './harmless.js';

type Cell = string | number | null;

/** Column -> what stands there. New ones come last: a spreadsheet counts them. */
const COLUMNS: Readonly<Record<string, (item: FlagItem) => Cell>> = {
  flagId: ({ flagId }) => flagId,
  recordedAt: ({ recordedAt }) => recordedAt,
  category: ({ category }) => category,
  score: ({ score }) => score,
  threshold: ({ threshold }) => threshold,
  platform: ({ post }) => post.platform,
  url: ({ post }) => post.url,
  author: ({ post }) => post.author,
  language: ({ post }) => post.language,
  text: ({ post }) => post.text,
  createdAt: ({ post }) => post.createdAt,
  removedAt: ({ post }) => post.removedAt,
  campaignId: ({ campaignId }) => campaignId,
  campaignSize: ({ campaignSize }) => campaignSize,
  noticeState: ({ notice }) => notice?.answerState ?? notice?.state ?? null,
  dueAt: ({ notice }) => notice?.dueAt ?? null,
  modelVersion: ({ model }) => model.version,
};

/** RFC 4180. Every text stands in quotation marks, for readers that take a bare line break for the end of a row. */
const csv = (rows: readonly (readonly Cell[])[]): string =>
  stringify(rows as Cell[][], { record_delimiter: 'windows', quoted_string: true, cast: { string: harmlessCell } });

export const CSV_HEAD = csv([Object.keys(COLUMNS)]);

export function csvRows(items: readonly FlagItem[]): string {
  return csv(items.map((item) => Object.values(COLUMNS).map((cell) => cell(item))));
}
