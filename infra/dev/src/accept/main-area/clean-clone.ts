import path from 'node:path';
import type { CheckResult } from '../check.js';
import { runProgram } from '../run-program.js';
import type { Workspace } from '../workspace.js';

const COLD_SECONDS = 360;
const WARM_SECONDS = 60;

/** `npm start -- --once` from nothing, and once more. */
export async function cleanClone({ checkout, env, logFolder }: Workspace): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const [which, bar] of [
    ['empty caches', COLD_SECONDS],
    ['second time', WARM_SECONDS],
  ] as const) {
    const { code, seconds, output } = await runProgram('npm', ['start', '--', '--once'], {
      ...{ cwd: checkout, env, timeoutMs: 2 * COLD_SECONDS * 1000 },
      logFile: path.join(logFolder, 'once.log'),
    });
    const what = `npm start -- --once, ${which}`;
    results.push({
      what,
      figure: `exit ${code} after ${seconds.toFixed(0)} s`,
      bar: `exit 0, < ${bar} s`,
      pass: code === 0 && seconds < bar,
    });
    const [postsIn, ...ends] = ['posts in', 'scored', 'dropped', 'dead letters', 'unaccounted for'].map((row) =>
      cell(output, row),
    );
    const accounted = (ends[0] ?? NaN) + (ends[1] ?? NaN) + (ends[2] ?? NaN);
    results.push({
      what: `its table accounts for every post, ${which}`,
      figure: `${accounted} of ${postsIn}, ${ends[3]} unaccounted for`,
      bar: '>= 300 posts, all of them',
      pass: postsIn !== undefined && postsIn >= 300 && accounted === postsIn && ends[3] === 0,
    });
  }
  return results;
}

/** @returns the number in a row of the table */
function cell(output: string, row: string): number | undefined {
  const [, value] = new RegExp(`^\\|\\s+${row}\\s+\\|\\s+(\\d+)`, 'm').exec(output) ?? [];
  return value === undefined ? undefined : Number(value);
}
