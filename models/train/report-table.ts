/** Columns padded to their widest cell; numbers right-aligned. The first row is the heading. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => (row[c] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, c) => (c > 0 && /^[-\d.%[]/.test(cell) ? cell.padStart(widths[c] ?? 0) : cell.padEnd(widths[c] ?? 0)))
      .join('  ')
      .trimEnd();
  const [heading = [], ...body] = rows;
  return [line(heading), widths.map((w) => '-'.repeat(w)).join('  '), ...body.map(line)].join('\n');
}

/** The same as a Markdown table. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [heading = [], ...body] = rows;
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...body.map(line)].join('\n');
}

export const decimals = (x: number | undefined, digits = 3): string =>
  x === undefined || Number.isNaN(x) ? '-' : x.toFixed(digits);
export const percent = (x: number | undefined, digits = 1): string =>
  x === undefined || Number.isNaN(x) ? '-' : `${(100 * x).toFixed(digits)}%`;
