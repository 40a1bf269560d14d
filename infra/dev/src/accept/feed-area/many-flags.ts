import path from 'node:path';
import type { Measured } from '../../many-flags/measure.js';
import type { CheckResult } from '../check.js';
import { runProgram } from '../run-program.js';
import type { Workspace } from '../workspace.js';

const FLAGS = 2_000_000;
const TIMEOUT_MS = 90 * 60_000;
const SLOWEST_P95_MS = 100;
const FEWEST_QUESTIONS = 500;

/** Two million invented flags, a mix of questions about them, and all of them as CSV. */
export async function manyFlags({ checkout, env, logFolder }: Workspace): Promise<CheckResult[]> {
  const logFile = path.join(logFolder, 'many-flags.log');
  const { code, output } = await runProgram('npm', ['run', '-s', 'many-flags', '--', '--flags', String(FLAGS)], {
    ...{ cwd: checkout, env, logFile, timeoutMs: TIMEOUT_MS },
  });
  const line = output.split('\n').findLast((text) => text.startsWith('{'));
  if (code !== 0 || line === undefined) throw new Error(`npm run many-flags failed: see ${logFile}`);
  const { all, kinds, csv } = JSON.parse(line) as Measured;
  const [slowest] = kinds;
  return [
    {
      what: `${all.asked} questions of ${kinds.length} kinds about ${FLAGS} flags: 95th percentile`,
      figure: `${all.p95} ms, p50 ${all.p50} ms, slowest ${all.slowest} ms; slowest kind "${slowest?.kind}" p95 ${slowest?.p95} ms`,
      bar: `< ${SLOWEST_P95_MS} ms`,
      pass: all.p95 < SLOWEST_P95_MS && all.asked >= FEWEST_QUESTIONS,
    },
    { what: 'questions that failed', figure: String(all.failed), bar: '0', pass: all.failed === 0 },
    {
      what: `memory while ${csv.rows} rows of CSV are sent, in ${csv.seconds} s`,
      figure: `${csv.before} MB before, ${csv.middle} MB in the middle, ${csv.last} MB at the end`,
      bar: 'all alerts; <= 10% more at the end than in the middle',
      pass: csv.rows > 0.97 * FLAGS && csv.last <= 1.1 * csv.middle,
    },
  ];
}
