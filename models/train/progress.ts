/** A progress line on standard error: rewritten in place on a terminal, one line per tenth elsewhere. */
export function createProgress(label: string, total: number): (done: number, note?: string) => void {
  const started = performance.now();
  let tenth = -1;
  return (done, note = '') => {
    const part = done / total;
    const left = part > 0 ? ((performance.now() - started) / part - (performance.now() - started)) / 1000 : NaN;
    const text = `${label} ${Math.round(100 * part)}% ${done}/${total}, ${left >= 0 ? `${Math.ceil(left)} s left` : '...'} ${note}`;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}${done >= total ? '\n' : ''}`);
    else if (Math.floor(part * 10) > tenth || done >= total) {
      tenth = Math.floor(part * 10);
      process.stderr.write(`${text}\n`);
    }
  };
}
