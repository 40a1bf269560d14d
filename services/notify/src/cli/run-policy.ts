import { parseCommandLine, UsageError } from '@siaga/runtime';
import { flagsOfPost, flagsSince, platformsOverBudget } from '@siaga/storage';
import { decide } from '../decide.js';
import { policyVersion, readPolicy } from '../policy.js';
import { previewPolicy } from '../preview-policy.js';
import { withDatabase, type Surroundings } from './command.js';

const OPTIONS = { file: { type: 'string' }, days: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

const HELP = `npm run policy -- COMMAND [--file FILE]

  check                    whether the policy can be used, with every fault and its line
  explain ID               what it does with a post that was flagged, or with one flag, and why
  preview [--days N]       how many notices it would have opened over the flags of the last N days (7), and what of the
                           rest would have waited for a person. Sends nothing

FILE is the policy: that of the fleet on this machine if one has run, else ./policy.yaml. A running fleet takes a changed
policy within seconds; one that cannot be used is refused, and the one before stays in force.`;

const DEFAULT_FILE = 'policy.yaml';
const DEFAULT_DAYS = '7';
const DAY_MS = 86_400_000;

/** @returns the exit code */
export async function runPolicy(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { print } = surroundings;
  const {
    file = surroundings.policyFile ?? DEFAULT_FILE,
    days = DEFAULT_DAYS,
    help,
    words,
  } = parseCommandLine(args, OPTIONS);
  const [command, id] = words;
  if (help || command === undefined) return (print(HELP), help ? 0 : 2);
  const policy = readPolicy(file);
  switch (command) {
    case 'check':
      return (print(`${file} can be used, it is policy ${policyVersion(policy)}`), 0);
    case 'explain': {
      if (id === undefined) throw new UsageError('explain needs the id of a post or a flag');
      const [flags, overBudget] = await withDatabase(
        surroundings,
        async (db) => [await flagsOfPost(db, id), await platformsOverBudget(db)] as const,
      );
      if (flags.length === 0) throw new UsageError(`nothing flagged is called ${id}`);
      for (const flag of flags) {
        const verdict = decide(policy, flag, overBudget);
        const what =
          verdict.kind === 'send'
            ? `is reported to ${verdict.destination.platform.name}, ${verdict.destination.urgency}`
            : `${verdict.kind === 'person' ? 'waits for a person' : 'is reported to nobody'}: ${verdict.why}`;
        print(`${flag.flagId} ${what}${flag.postReported ? ' (the post is reported already)' : ''}`);
      }
      return 0;
    }
    case 'preview': {
      if (!/^[1-9]\d{0,3}$/.test(days)) throw new UsageError('--days takes a whole number of days, such as 7');
      const since = new Date(Date.now() - Number(days) * DAY_MS);
      const rows = await withDatabase(surroundings, (db) => previewPolicy(policy, flagsSince(db, since)));
      if (rows.length === 0) print(`nothing was flagged in the last ${days} days`);
      for (const { count, what } of rows) print(`${String(count).padStart(8)}  ${what}`);
      return 0;
    }
    default:
      throw new UsageError(`unknown command "${command}"; npm run policy -- --help lists them`);
  }
}
