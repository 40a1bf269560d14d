import { renderColumns } from '@siaga/runtime';
import type { SoakReport } from './run-soak.js';
import { MEASURES } from './sample.js';

/** The report as a person reads it. */
export function renderSoak({ minutes, posts, readers, restarted, findings, plot }: SoakReport): string {
  const rows = [
    ['process', 'what', 'level', 'per hour', 'surely between', ''],
    ...findings.map(({ name, measure, level, slope, flat }) => [
      ...[name, MEASURES[measure], level.toFixed(0), signed(slope.slope)],
      ...[`${signed(slope.low)} and ${signed(slope.high)}`, flat ? 'flat' : 'GROWS'],
    ]),
  ];
  const ends = [
    `${posts} posts in ${minutes} minutes; the slopes are of the second half`,
    `${readers.asked} lists were read, ${readers.failed} times in vain`,
    ...restarted.map((name) => `FAIL: ${name} was started again`),
    `the plot is ${plot}`,
  ];
  return [renderColumns(rows), ends.join('\n')].join('\n\n');
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(1)}`;
