import { CATEGORIES } from '@siaga/contracts';
import { terminalText } from '@siaga/runtime';
import type { ChangedItem } from './comparison.js';
import type { ReplayReport } from './replay.js';

const EXAMPLES_SHOWN = 3;

/** The report for a person. Text of posts is escaped; thresholds and scores have the precision that they are set in. */
export function renderReport(report: ReplayReport): string {
  const { window, model, thresholds, posts, compared, categories, days, liveModels } = report;
  const live = Object.keys(liveModels).map((name) => terminalText(name));
  return [
    `${compared} of ${posts.read} posts from ${window.from} to ${window.to} compared${leftOut(report)}`,
    ...(window.truncated ? ['the window may begin before what Kafka still holds: its first posts may be missing'] : []),
    `before  ${live.join(', ') || 'no verdicts'}`,
    `after   ${terminalText(`${model.name} ${model.version}`)}, flags from ${CATEGORIES.map((category) => `${category} ${thresholds[category]}`).join(', ')}`,
    '',
    ...table([
      ['', 'before', 'after', 'gained', 'lost', 'score shift (PSI)'],
      ...CATEGORIES.map((category) => {
        const { before, after, gained, lost, stabilityIndex } = categories[category];
        return [category, before, after, `+${gained}`, `-${lost}`, stabilityIndex.toFixed(3)].map(String);
      }),
    ]),
    '',
    ...table([
      ['alerts a day', ...CATEGORIES],
      ...days.map((day) => [
        day.day,
        ...CATEGORIES.map((category) => `${day[category].before} to ${day[category].after}`),
      ]),
    ]),
    ...CATEGORIES.flatMap((category) =>
      (['gained', 'lost'] as const).flatMap((change) => {
        const items = categories[category].examples[change].slice(0, EXAMPLES_SHOWN);
        return items.length === 0 ? [] : ['', `${category}, ${change}`, ...items.map(example)];
      }),
    ),
    '',
    `${report.seconds.toFixed(1)} s, ${report.postsPerSecond} posts/s scored and compared`,
  ].join('\n');
}

function leftOut({ posts }: ReplayReport): string {
  const { dropped, withoutVerdict, repeated, unreadable } = posts;
  const parts = [
    dropped > 0 && `${dropped} were dropped`,
    withoutVerdict > 0 && `${withoutVerdict} have no verdict yet`,
    repeated > 0 && `${repeated} came again`,
    unreadable > 0 && `${unreadable} could not be read`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? `: ${parts.join(', ')}` : '';
}

const example = ({ before, after, postId, text }: ChangedItem): string =>
  `  ${before.toFixed(3)} to ${after.toFixed(3)}  ${terminalText(postId, 40)}  ${terminalText(text)}`;

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_none, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}
