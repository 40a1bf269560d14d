import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { renderLogLine } from './log-line.js';

const FILE_BYTES_MAX = 10 * 1024 * 1024;
const LINE_LENGTH_MAX = 100_000;
const COLOURS = [36, 32, 35, 33, 34, 96, 92, 95];

export interface LogOutput {
  /** Takes the raw output of a process, in any pieces. */
  readonly of: (name: string) => (chunk: string) => void;
  /** A line of the supervisor's own. */
  readonly say: (message: string) => void;
}

export interface LogOutputOptions {
  readonly folder: string;
  readonly colour: boolean;
  /** Passes the services' JSON on as it is. */
  readonly json: boolean;
  /** Least level that the console shows; files get everything. */
  readonly minLevel: number;
  readonly width: number;
  readonly write: (line: string) => void;
}

/** Lines of all processes on one console, each with its name before it; every process also has a file of its own. */
export function createLogOutput(options: LogOutputOptions): LogOutput {
  const { folder, colour, json, minLevel, width, write } = options;
  mkdirSync(folder, { recursive: true });
  let known = 0;
  const prefixOf = (name: string) => {
    const padded = `${name.padEnd(width)} |`;
    return colour ? `\x1b[${COLOURS[known++ % COLOURS.length]}m${padded}\x1b[0m` : padded;
  };
  const say = prefixOf('siaga');
  return {
    say: (message) => write(`${say} ${message}`),
    of(name) {
      const prefix = prefixOf(name);
      const keep = logFile(path.join(folder, `${name}.log`));
      let partial = '';
      return (chunk) => {
        keep(chunk);
        const lines = (partial + chunk).split('\n');
        partial = (lines.pop() ?? '').slice(0, LINE_LENGTH_MAX);
        for (const line of lines.filter(Boolean)) {
          const { level, text } = renderLogLine(line);
          if (level >= minLevel) write(json ? line : `${prefix} ${text}`);
        }
      };
    },
  };
}

/**
 * Two files at most, so that a fleet left running does not fill the disk. Where others have filled it, lines are lost and the
 * fleet goes on.
 */
function logFile(file: string): (chunk: string) => void {
  let bytes = existsSync(file) ? statSync(file).size : 0;
  let descriptor = openSync(file, 'a');
  return (chunk) => {
    if (bytes > FILE_BYTES_MAX) {
      closeSync(descriptor);
      renameSync(file, `${file}.1`);
      descriptor = openSync(file, 'a');
      bytes = 0;
    }
    try {
      bytes += writeSync(descriptor, chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  };
}
