import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** One JSON line per event on standard output: a constant message plus fields, never the text of a post. */
export function createLogger(service: string, level = 'info'): Logger {
  const options = { base: { service, pid: process.pid }, level, timestamp: pino.stdTimeFunctions.isoTime };
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
