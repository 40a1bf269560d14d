const KEYWORDS = new Set(
  'and or unless on ignoring group_left group_right by without offset bool start end inf nan'.split(' '),
);

/**
 * The metrics that an expression of PromQL reads, each once. Enough of the language for our own rules: strings, matchers, ranges, and the
 * lists of labels after by, without, on, ignoring and group_* are cut out; what is left and is no function is a metric.
 */
export function metricNames(expr: string): string[] {
  const bare = expr
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/gi, ' ')
    .replace(/\boffset\s+\w+/gi, ' ');
  const found = [...bare.matchAll(/(?<![\w:.$])([a-zA-Z_:][\w:]*)(\s*\()?/g)];
  return [...new Set(found.flatMap(([, name = '', call]) => (call || KEYWORDS.has(name.toLowerCase()) ? [] : [name])))];
}
