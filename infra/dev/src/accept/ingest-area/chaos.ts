import path from 'node:path';
import type { CheckResult } from '../check.js';
import { runProgram } from '../run-program.js';
import type { Workspace } from '../workspace.js';

/** On each of two streams. */
const POSTS = 5_000;
const CUTS = 20;
const KILLS = 10;

/** The chaos test of the test suite, at full size. */
export async function chaos({ checkout, env, logFolder }: Workspace): Promise<CheckResult[]> {
  const { code, output, seconds } = await runProgram(
    'npm',
    ['test', '--', '--selectProjects', 'integration', '--', 'services/ingest/src/chaos'],
    {
      cwd: checkout,
      env: {
        ...env,
        SIAGA_CHAOS_POSTS: String(POSTS),
        SIAGA_CHAOS_CUTS: String(CUTS),
        SIAGA_CHAOS_KILLS: String(KILLS),
      },
      logFile: path.join(logFolder, 'chaos.log'),
      timeoutMs: 900_000,
    },
  );
  const twice = /(\d+) arrived twice/.exec(output)?.[1] ?? '?';
  return [
    {
      what: `${2 * POSTS} posts of two streams, ${CUTS} cuts, ${KILLS} kill -9 of ingest`,
      figure:
        code === 0
          ? `all there after ${seconds.toFixed(0)} s, ${twice} more than once`
          : 'some are missing: see chaos.log',
      bar: 'every post, once by id',
      pass: code === 0,
    },
  ];
}
