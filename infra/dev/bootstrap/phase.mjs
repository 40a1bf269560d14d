// Progress of one piece of set-up, on standard error: one line that is rewritten on a terminal, else a line at the
// start, one every few seconds, and one at the end.

const REWRITE_MS = 200;
const REPEAT_MS = 5_000;

/**
 * @param {string} doing what is shown while it runs, such as "installing dependencies"
 * @param {(report: (detail: string) => void) => Promise<string | void>} work may return a detail for the last line
 */
export async function phase(doing, work) {
  const startedAt = Date.now();
  const terminal = process.stderr.isTTY === true;
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  let detail = '';
  const line = (end) => `siaga | ${doing}${detail ? `: ${detail}` : ''}${end}`;
  const show = () => {
    const text = line(` (${seconds()})`);
    if (terminal) process.stderr.write(`\r\x1b[2K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    else process.stderr.write(`${text}\n`);
  };
  const timer = setInterval(show, terminal ? REWRITE_MS : REPEAT_MS);
  if (terminal) show();
  else process.stderr.write(`${line(' …')}\n`);
  let end = 'failed';
  try {
    detail = (await work((now) => (detail = now))) ?? detail;
    end = 'done';
  } finally {
    clearInterval(timer);
    process.stderr.write(`${terminal ? '\r\x1b[2K' : ''}${line(`, ${end} in ${seconds()}`)}\n`);
  }
}

/** One line that is not a phase. */
export function say(message) {
  process.stderr.write(`siaga | ${message}\n`);
}
