import { pino, type DestinationStream, type Logger } from 'pino';
import { loggedError } from './logged-error.js';

export type { Logger } from 'pino';

/**
 * One JSON line per event on standard output: a constant message plus fields, never the text of a post. A line about a post has
 * its hash as `post`.
 */
export function createLogger(service: string, level = 'info'): Logger {
  const options = {
    ...{ base: { service, pid: process.pid }, level, timestamp: pino.stdTimeFunctions.isoTime },
    serializers: { err: loggedError },
  };
  return pino(options, standardOutput());
}

let output: DestinationStream | undefined;

/**
 * Pino's own destination writes for ever into a pipe whose reader has died, so that a service without a supervisor would
 * never end. A line that nobody reads is lost instead.
 */
function standardOutput(): DestinationStream {
  if (!output) {
    process.stdout.on('error', () => undefined);
    output = { write: (line) => void process.stdout.write(line) };
  }
  return output;
}
