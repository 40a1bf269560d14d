import { closeSync, openSync, writeSync } from 'node:fs';

/** A file that grows by whole lines, on a disk that may be full for a while. */
export interface GrowingFile {
  /** Remembers the lines, and writes as much of what it remembers as fits. */
  add(lines: readonly Buffer[]): void;
  /** Bytes that did not fit yet. */
  readonly waiting: number;
  close(): void;
}

const LINE_FEED = Buffer.from('\n');

export function growingFile(path: string): GrowingFile {
  const descriptor = openSync(path, 'a');
  let waiting = Buffer.alloc(0);
  return {
    add(lines) {
      waiting = Buffer.concat([waiting, ...lines.flatMap((line) => [line, LINE_FEED])]);
      try {
        // Half a line goes on with its other half: what was written is never written again.
        while (waiting.length > 0) waiting = waiting.subarray(writeSync(descriptor, waiting));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    },
    get waiting() {
      return waiting.length;
    },
    close: () => closeSync(descriptor),
  };
}
