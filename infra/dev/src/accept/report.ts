import type { CheckResult } from './check.js';

export type NumberedResult = CheckResult & { readonly line: number };

/** The table of an acceptance run. */
export function renderReport(results: readonly NumberedResult[]): string {
  const rows = [
    ['#', 'check', 'figure', 'bar', ''],
    ...results.map(({ line, what, figure, bar, pass }) => [String(line), what, figure, bar, pass ? 'pass' : 'FAIL']),
  ];
  const widths = rows[0]!.map((_head, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
  return [rule, lines[0], rule, ...lines.slice(1), rule].join('\n');
}

/** The last line of an acceptance run, for machines. */
export function reportLine(area: string, results: readonly NumberedResult[]): string {
  const failed = results.filter(({ pass }) => !pass).length;
  return JSON.stringify({ area, passed: results.length - failed, failed, checks: results });
}
