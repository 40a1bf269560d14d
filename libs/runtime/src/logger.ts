import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** One JSON line per event on standard output: a constant message plus fields, never the text of a post. */
export function createLogger(service: string, level = 'info'): Logger {
  return pino({ base: { service, pid: process.pid }, level, timestamp: pino.stdTimeFunctions.isoTime });
}
