import os from 'node:os';
import { parseArgs } from 'node:util';
import { topicsOf } from '@siaga/contracts';
import { Fault } from './fault.js';

export const HELP = `npm start -- [options]     the whole fleet on this machine, with a demo

  --once          ends by itself when every post has come out at the other end, with a table
  --posts FILE    posts of your own, NDJSON, one {"text": "..."} a line; - reads standard input
  --feed URL      follows an RSS or Atom feed
  --sources FILE  the sources of a registry (npm run sources -- --help)
  --empty         no demo posts
  --workers N     classify processes that share the posts, at most one per partition (one per core, as memory allows)
  --with-prometheus
                  Prometheus too, with the fleet's rules and alerts, for the operations view of the console
  --alert-speed N with it: the windows and waits of its rules N times shorter, to see an alert come and go
  --json-logs     the services' logs as JSON
  --help          this text`;

export type PostsFrom =
  | { readonly kind: 'demo' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'stdin' }
  | { readonly kind: 'feed'; readonly url: string }
  | { readonly kind: 'registry'; readonly file: string }
  | { readonly kind: 'nothing' };

export interface Options {
  readonly help: boolean;
  readonly once: boolean;
  readonly jsonLogs: boolean;
  /** Processes of classify, members of one consumer group. */
  readonly workers: number;
  readonly posts: PostsFrom;
  /** Whether Prometheus runs too, and how many times shorter the windows of its rules are. */
  readonly prometheus: { readonly speed: number } | undefined;
}

const EX_USAGE = 2;
const MAX_WORKERS = topicsOf('siaga').posts.partitions;
/** Peak of one worker at full speed, with room for its neighbours. */
const WORKER_BYTES = 2 ** 30;

/** @throws Fault with exit code 2 for anything it does not know or that makes no sense together */
export function parseOptions(args: readonly string[]): Options {
  const {
    help = false,
    once = false,
    posts,
    feed,
    sources,
    empty = false,
    workers,
    'json-logs': jsonLogs = false,
    'with-prometheus': withPrometheus = false,
    'alert-speed': alertSpeed,
  } = parse(args);
  const chosen = [
    posts !== undefined && '--posts',
    feed !== undefined && '--feed',
    sources !== undefined && '--sources',
    empty && '--empty',
  ].filter(Boolean);
  if (chosen.length > 1) throw new Fault(`${chosen.join(' and ')} exclude each other: choose one`, EX_USAGE);
  if (once && (empty || feed !== undefined || sources !== undefined)) {
    throw new Fault(
      `--once ends when every post is through, and ${chosen[0]} has no last post: leave one of them out`,
      EX_USAGE,
    );
  }
  return {
    ...{ help, once, jsonLogs, workers: workersFrom(workers), posts: postsFrom({ posts, feed, sources, empty }) },
    prometheus: prometheusFrom(withPrometheus, alertSpeed),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        once: { type: 'boolean' },
        posts: { type: 'string' },
        feed: { type: 'string' },
        sources: { type: 'string' },
        empty: { type: 'boolean' },
        workers: { type: 'string' },
        'json-logs': { type: 'boolean' },
        'with-prometheus': { type: 'boolean' },
        'alert-speed': { type: 'string' },
      },
    }).values;
  } catch (error) {
    const [what = ''] = (error as Error).message.split('. ');
    throw new Fault(`${what}; npm start -- --help lists the options`, EX_USAGE);
  }
}

function workersFrom(text: string | undefined): number {
  if (text === undefined) return usualWorkers(os.availableParallelism(), os.freemem());
  const workers = Number(text);
  if (Number.isInteger(workers) && workers >= 1 && workers <= MAX_WORKERS) return workers;
  throw new Fault(
    `--workers takes a whole number from 1 to ${MAX_WORKERS}, the partitions that they share, not "${text}"`,
    EX_USAGE,
  );
}

const FASTEST = 1_000;

function prometheusFrom(wanted: boolean, speed: string | undefined): Options['prometheus'] {
  if (speed !== undefined && !wanted) throw new Fault('--alert-speed is for --with-prometheus: add that', EX_USAGE);
  if (!wanted) return undefined;
  const times = Number(speed ?? 1);
  if (Number.isInteger(times) && times >= 1 && times <= FASTEST) return { speed: times };
  throw new Fault(`--alert-speed takes a whole number from 1 to ${FASTEST}, not "${speed}"`, EX_USAGE);
}

/** One per core, as far as there are partitions and memory for them. */
export const usualWorkers = (cores: number, freeBytes: number): number =>
  Math.max(1, Math.min(cores, MAX_WORKERS, Math.floor(freeBytes / WORKER_BYTES)));

function postsFrom({
  posts,
  feed,
  sources,
  empty,
}: Record<'posts' | 'feed' | 'sources', string | undefined> & { empty: boolean }): PostsFrom {
  if (empty) return { kind: 'nothing' };
  if (posts === '-') return { kind: 'stdin' };
  if (posts !== undefined) return { kind: 'file', file: posts };
  if (sources !== undefined) return { kind: 'registry', file: sources };
  if (feed === undefined) return { kind: 'demo' };
  if (!URL.canParse(feed) || !/^https?:$/.test(new URL(feed).protocol)) {
    throw new Fault(`--feed needs an http or https URL, not "${feed}"`, EX_USAGE);
  }
  return { kind: 'feed', url: feed };
}
