import { parseArgs } from 'node:util';
import { Fault } from '../fault.js';

export const HELP = `npm run soak -- [options]     whether a fleet holds more and more the longer it runs

  --minutes M    how long (30); in less than ten everything is still warming up
  --rate R       posts a second (300)
  --help         this text

Looks at every process every few seconds, and at the second half for what grows. Prints a table, where the plot is, and one line
of JSON; exits with 1 when something leaks or was started again. Loopback only, in .siaga/soak; Linux.`;

export interface SoakOptions {
  readonly help: boolean;
  readonly minutes: number;
  readonly rate: number;
}

const EX_USAGE = 2;

/** @throws Fault with exit code 2 */
export function parseSoakOptions(args: readonly string[]): SoakOptions {
  const { help = false, ...values } = parse(args);
  const number = (name: 'minutes' | 'rate', from: number, to: number) => {
    const value = Number(values[name]);
    if (value >= from && value <= to) return value;
    throw new Fault(`--${name} takes a number from ${from} to ${to}, not "${values[name]}"`, EX_USAGE);
  };
  return { help, minutes: number('minutes', 1, 7 * 24 * 60), rate: Math.round(number('rate', 1, 20_000)) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '30' },
        rate: { type: 'string', default: '300' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new Fault(`${(error as Error).message.split('. ')[0]}; npm run soak -- --help`, EX_USAGE);
  }
}
