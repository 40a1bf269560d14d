import { CATEGORIES, type Category } from '@siaga/contracts';
import { percentile } from './percentile.js';
import type { DeadLetterEntry } from './post-ledger.js';

export interface Outcome {
  readonly expected: number;
  readonly repeated: number;
  readonly arrived: number;
  readonly scored: number;
  readonly dropped: number;
  readonly deadLetters: readonly DeadLetterEntry[];
  readonly flags: Iterable<{ readonly category: Category; readonly seenToFlagMs: number }>;
  readonly campaigns: number;
  readonly notices: number;
  readonly delivered: number;
  readonly failed: number;
  readonly answered: number;
  readonly seenToDeliveredMs: readonly number[];
  readonly unaccounted: readonly string[];
}

type Row = readonly [string, string];

/** The table that `--once` ends with. */
export function renderTable(outcome: Outcome): string {
  const flags = [...outcome.flags];
  const lost = outcome.unaccounted.length + Math.max(0, outcome.expected - outcome.arrived);
  const rows: Row[] = [
    ['posts in', String(outcome.expected)],
    ...(outcome.repeated > 0 ? [['  repeats of an id', String(outcome.repeated)] as const] : []),
    ['  scored', String(outcome.scored)],
    ['  dropped', String(outcome.dropped)],
    ['  dead letters', withReasons(outcome.deadLetters.map(({ reason }) => reason))],
    ['  unaccounted for', String(lost)],
    ['flags', String(flags.length)],
    ...CATEGORIES.map((category): Row => [
      `  ${category}`,
      String(flags.filter((flag) => flag.category === category).length),
    ]),
    ['campaigns', String(outcome.campaigns)],
    ['notices', String(outcome.notices)],
    ['  deliveries made', String(outcome.delivered)],
    ...(outcome.failed > 0 ? [['  deliveries failed', String(outcome.failed)] as const] : []),
    ['  answered', String(outcome.answered)],
    ['post seen to flag', latency(flags.map(({ seenToFlagMs }) => seenToFlagMs))],
    ['post seen to notice delivered', latency(outcome.seenToDeliveredMs)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const valueWidth = Math.max(...rows.map(([, value]) => value.length));
  const rule = `+${'-'.repeat(width + 2)}+${'-'.repeat(valueWidth + 2)}+`;
  return [rule, ...rows.map(([name, value]) => `| ${name.padEnd(width)} | ${value.padStart(valueWidth)} |`), rule].join(
    '\n',
  );
}

function withReasons(reasons: readonly string[]): string {
  const counts = [...new Set(reasons)].map(
    (reason) => `${reason} ${reasons.filter((other) => other === reason).length}`,
  );
  return counts.length > 0 ? `${reasons.length} (${counts.join(', ')})` : '0';
}

function latency(ms: readonly number[]): string {
  const [p50, p95] = [percentile(ms, 0.5), percentile(ms, 0.95)];
  if (p50 === undefined || p95 === undefined) return '-';
  return `p50 ${seconds(p50)}, p95 ${seconds(p95)}`;
}

const seconds = (ms: number) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
