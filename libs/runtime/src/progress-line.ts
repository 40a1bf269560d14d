const REPEAT_MS = 5_000;

export interface ProgressLine {
  show(text: string): void;
  /** Removes it for a moment, so that another line can be written. */
  clear(): void;
}

/** One line that is rewritten on a terminal, and repeated every few seconds where there is none. */
export function createProgressLine(stream: NodeJS.WriteStream): ProgressLine {
  let shown = false;
  let last = '';
  let nextAt = 0;
  return {
    show(text) {
      if (stream.isTTY) {
        stream.write(`\r\x1b[2K${text.slice(0, (stream.columns ?? 80) - 1)}`);
        shown = true;
      } else if (text !== last && Date.now() >= nextAt) {
        stream.write(`${text}\n`);
        last = text;
        nextAt = Date.now() + REPEAT_MS;
      }
    },
    clear() {
      if (shown) stream.write('\r\x1b[2K');
      shown = false;
    },
  };
}
