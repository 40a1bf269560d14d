import path from 'node:path';
import type { Served } from '../../many-subscribers/serve-many.js';
import type { CheckResult } from '../check.js';
import { runProgram } from '../run-program.js';
import type { Workspace } from '../workspace.js';

const TIMEOUT_MS = 10 * 60_000;
const SLOWEST_P99_MS = 1_000;
const MOST_GROWTH = 1.1;
/** A minute is the promise; what memory does is seen only after the service has warmed up, which takes most of one. */
const SECONDS = 150;

/** A thousand subscribers, five hundred flags a second, for more than a minute. */
export async function manySubscribers({ checkout, env, logFolder }: Workspace): Promise<CheckResult[]> {
  const logFile = path.join(logFolder, 'many-subscribers.log');
  const { code, output } = await runProgram(
    'npm',
    ['run', '-s', 'many-subscribers', '--', '--seconds', String(SECONDS)],
    {
      ...{ cwd: checkout, env, logFile, timeoutMs: TIMEOUT_MS },
    },
  );
  const line = output.split('\n').findLast((text) => text.startsWith('{'));
  if (code !== 0 || line === undefined) throw new Error(`npm run many-subscribers failed: see ${logFile}`);
  const { subscribers, flags, seconds, missed, ended, latencyMs, memoryMb } = JSON.parse(line) as Served;
  return [
    {
      what: `${subscribers} subscribers, ${flags} flags in ${seconds} s: who missed one, by ledger`,
      figure: `${missed} missed, ${ended} streams ended`,
      bar: '0',
      pass: missed === 0 && ended === 0 && seconds <= 1.1 * SECONDS,
    },
    {
      what: 'from recording to a subscriber',
      figure: `p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms, slowest ${latencyMs.slowest} ms`,
      bar: `p99 < ${SLOWEST_P99_MS} ms`,
      pass: latencyMs.p99 < SLOWEST_P99_MS,
    },
    {
      what: 'memory of the service',
      figure: `${memoryMb.middle} MB in the middle, ${memoryMb.last} MB at the end`,
      bar: '<= 10% more at the end',
      pass: memoryMb.last <= MOST_GROWTH * memoryMb.middle,
    },
  ];
}
