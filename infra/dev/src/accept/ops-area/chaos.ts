import type { ChaosReport } from '../../chaos/report.js';
import type { CheckResult } from '../check.js';
import type { Workspace } from '../workspace.js';
import { runAndReport } from './run-and-report.js';

const SEEDS = [1, 2, 3];
const RATE = 2_000;
const MINUTES = 10;
/** For the start, and for the fleet to come to rest. */
const BESIDES_MS = 15 * 60_000;

/** The whole fleet under three schedules of faults. */
export async function chaos(workspace: Workspace): Promise<CheckResult[]> {
  const minutes = workspace.minutes ?? MINUTES;
  const results: CheckResult[] = [];
  for (const seed of SEEDS) {
    workspace.say(`chaos with seed ${seed} for ${minutes} minutes`);
    const args = ['--seed', String(seed), '--minutes', String(minutes), '--rate', String(RATE)];
    const report = await runAndReport<ChaosReport>(workspace, 'chaos', args, minutes * 60_000 + BESIDES_MS);
    results.push(...resultsOf(report));
  }
  return results;
}

function resultsOf({ ok, faults, seed, rate, posts, notices, freshness, struck }: ChaosReport): CheckResult[] {
  const { made, scored, dropped, deadLetters, lost } = posts;
  const { during, after } = freshness.verdict;
  const slowest = Math.max(0, ...struck.map(({ recovered }) => recovered ?? Infinity));
  const left = struck.filter(({ what }) => what.startsWith('left out'));
  return [
    {
      what: `seed ${seed}: ${struck.length} faults at ${rate} posts/s, every post ends once`,
      figure: `${made} = ${scored} + ${dropped} + ${deadLetters}, ${lost} lost`,
      bar: 'none lost',
      pass: lost === 0 && scored + dropped + deadLetters === made && left.length === 0,
    },
    {
      what: `seed ${seed}: notices once, and all of them`,
      figure: ok ? `${notices.notices} in ${notices.received} revisions, 0 twice` : faults.join('; '),
      bar: 'nothing twice, nothing missing',
      pass: ok,
    },
    {
      what: `seed ${seed}: fresh again, p50/p95/p99 during and after`,
      figure: `${[during, after].map((of) => (of ? `${of.p50}/${of.p95}/${of.p99} s` : '-')).join(', ')}, slowest ${slowest} s`,
      bar: 'after every fault',
      pass: Number.isFinite(slowest),
    },
  ];
}
