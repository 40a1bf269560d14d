import path from 'node:path';
import type { CheckResult } from '../check.js';
import { runProgram } from '../run-program.js';
import type { Workspace } from '../workspace.js';

const CI_SECONDS = 15 * 60;

/** `.ci/run`, which holds `npm test`. */
export async function ci({ checkout, env, logFolder }: Workspace): Promise<CheckResult[]> {
  const { code, seconds, output } = await runProgram(path.join(checkout, '.ci', 'run'), [], {
    ...{ cwd: checkout, env, timeoutMs: 2 * CI_SECONDS * 1000 },
    logFile: path.join(logFolder, 'ci.log'),
  });
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  const [, passed = '0', failed = '?', skipped = '?'] = /^(\d+) passed, (\d+) failed, (\d+) skipped$/.exec(last) ?? [];
  return [
    {
      what: '.ci/run is green',
      figure: `exit ${code} after ${(seconds / 60).toFixed(1)} min`,
      bar: 'exit 0, < 15 min',
      pass: code === 0 && seconds < CI_SECONDS,
    },
    {
      what: 'npm test passes',
      figure: `${passed} passed, ${failed} failed, ${skipped} skipped`,
      bar: 'none failed',
      pass: Number(passed) > 0 && failed === '0',
    },
  ];
}
