import type { CheckResult } from '../check.js';
import { runTests } from '../tests.js';
import type { Workspace } from '../workspace.js';

const MOVED_WITHIN_SECONDS = 15;

/** Three workers and twelve sources: the fleet's test, with the time that it took. */
export async function takeover(workspace: Workspace): Promise<CheckResult[]> {
  const { figure, said, pass } = await runTests(workspace, 'ingest/src/fleet');
  const seconds = Number(/moved after ([\d.]+) s/.exec(said)?.[1] ?? NaN);
  return [
    {
      what: 'three workers, twelve sources: leases spread, never two owners by the log',
      figure,
      bar: 'all pass',
      pass,
    },
    {
      what: "a killed worker's sources are with the others",
      figure: `after ${seconds} s`,
      bar: `< ${MOVED_WITHIN_SECONDS} s`,
      pass: seconds < MOVED_WITHIN_SECONDS,
    },
  ];
}
