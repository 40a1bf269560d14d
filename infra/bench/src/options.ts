import { parseArgs } from 'node:util';

export const HELP = `npm run bench -- [--quick] [--json] [--posts N] [--png FILE] [--soak MINUTES] [--claims]

Measures the classify path on this machine: each stage by itself; end to end from Kafka to Kafka with one and two workers
on messages of 300 B and 1 KB, beside the same pipeline without scoring (its ceiling) and beside a Python worker that
does the same job; latency of single posts through an idle fleet, and at half the maximum rate.

  --quick         a smaller backlog and fewer combinations, under five minutes
  --json          one JSON line on standard output at the end, everything else on standard error
  --posts N       size of the backlog (500000, or 60000 with --quick)
  --png FILE      where the picture goes (.siaga/bench.png)
  --claims        only this: matching posts against 100,000 known claims
  --soak MINUTES  only this: half the maximum rate for so long, with memory and tensors looked at every ten seconds
`;

export interface Options {
  readonly quick: boolean;
  readonly json: boolean;
  readonly posts: number;
  readonly png: string;
  readonly soakMinutes: number;
  readonly claims: boolean;
}

const LEAST_POSTS = 10_000;

/**
 * @returns undefined when only help is asked for
 * @throws Error in one line for what cannot be done
 */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      posts: { type: 'string' },
      png: { type: 'string', default: '.siaga/bench.png' },
      claims: { type: 'boolean', default: false },
      soak: { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const posts = Number(values.posts ?? (values.quick ? 60_000 : 500_000));
  if (!Number.isInteger(posts) || posts < LEAST_POSTS)
    throw new Error(`--posts takes a whole number of at least ${LEAST_POSTS}`);
  const soakMinutes = Number(values.soak);
  if (!(soakMinutes >= 0 && soakMinutes <= 24 * 60)) throw new Error('--soak takes minutes, at most a day');
  const { quick, json, png, claims } = values;
  return { quick, json, png, posts, soakMinutes, claims };
}
