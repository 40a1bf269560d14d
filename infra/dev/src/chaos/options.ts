import { parseArgs } from 'node:util';
import { Fault } from '../fault.js';
import { FAULT_KINDS, type FaultKind } from './plan-faults.js';

export const HELP = `npm run chaos -- --seed N [options]     breaks a whole fleet on purpose, and counts what is left

  --seed N       decides what strikes, whom and when; the same seed is the same schedule
  --minutes M    how long posts come in (10)
  --rate R       posts a second (2000)
  --workers N    classify processes (2)
  --only KINDS   of these faults, separated by commas: ${FAULT_KINDS.join(', ')}
  --calm         none of them: what the machine does without
  --help         this text

Ends with a table and one line of JSON; exits with 1 when a post or a notice was lost or came twice. All on this machine: loopback
only, in .siaga/chaos. As root the fleet's disk is one of its own that can run full; other users' runs leave that fault out.`;

export interface ChaosOptions {
  readonly help: boolean;
  readonly seed: number;
  readonly minutes: number;
  readonly rate: number;
  readonly workers: number;
  readonly kinds: readonly FaultKind[];
}

const EX_USAGE = 2;

/** @throws Fault with exit code 2 */
export function parseChaosOptions(args: readonly string[]): ChaosOptions {
  const values = parse(args);
  const number = (name: 'seed' | 'minutes' | 'rate' | 'workers', from: number, to: number, whole = true) => {
    const value = Number(values[name]);
    if (value >= from && value <= to && (!whole || Number.isInteger(value))) return value;
    throw new Fault(`--${name} takes a number from ${from} to ${to}, not "${values[name]}"`, EX_USAGE);
  };
  const kinds = values.only === undefined ? FAULT_KINDS : values.only.split(',').map((kind) => kind.trim());
  const unknown = kinds.filter((kind) => !FAULT_KINDS.includes(kind as FaultKind));
  if (unknown.length > 0) throw new Fault(`--only knows no fault "${unknown.join(', ')}"`, EX_USAGE);
  return {
    help: values.help ?? false,
    seed: number('seed', 0, 2 ** 32 - 1),
    minutes: number('minutes', 0.25, 24 * 60, false),
    rate: number('rate', 1, 20_000),
    workers: number('workers', 1, 6),
    kinds: values.calm ? [] : (kinds as FaultKind[]),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string', default: '1' },
        minutes: { type: 'string', default: '10' },
        rate: { type: 'string', default: '2000' },
        workers: { type: 'string', default: '2' },
        only: { type: 'string' },
        calm: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new Fault(`${(error as Error).message.split('. ')[0]}; npm run chaos -- --help`, EX_USAGE);
  }
}
