const levels: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};
const shownElsewhere = new Set(['level', 'time', 'service', 'pid', 'msg', 'err', 'hostname']);
const VALUE_LENGTH_MAX = 200;
const WARN = 40;

export interface LogLine {
  readonly level: number;
  readonly text: string;
}

/**
 * Renders one line of a process's output for a person: pino's JSON as `time message key=value`, anything else as it
 * is. Control characters are taken out, for a terminal obeys them.
 */
export function renderLogLine(line: string): LogLine {
  const event = parse(line);
  if (!event) return { level: WARN, text: printable(line) };
  const level = Number(event.level) || 0;
  const fields = Object.entries(event)
    .filter(([name]) => !shownElsewhere.has(name))
    .map(([name, value]) => `${name}=${shortened(value)}`);
  const word = level === 30 ? '' : `${levels[level] ?? level} `;
  const time = String(event.time).slice(11, 19);
  return {
    level,
    text: printable([`${time} ${word}${String(event.msg ?? '')}`, ...fields, ...errorOf(event.err)].join(' ')),
  };
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === 'object' && event !== null && 'level' in event ? { ...event } : undefined;
  } catch {
    return undefined;
  }
}

function shortened(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX)}…` : text;
}

/** The message, and the first line of the stack that is ours. */
function errorOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { type, message, stack } = error as Record<string, unknown>;
  const place = String(stack ?? '')
    .split('\n')
    .find((line) => /^\s+at /.test(line) && !line.includes('node_modules') && !line.includes('node:'));
  return [`(${String(type ?? 'Error')}: ${shortened(message)}${place ? ` ${place.trim()}` : ''})`];
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const printable = (text: string) => text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, '�');
