import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CheckResult } from '../check.js';
import { runProgram } from '../run-program.js';
import type { Workspace } from '../workspace.js';

const TIMEOUT_MS = 10 * 60_000;

interface Category {
  readonly gained: number;
  readonly lost: number;
}

/** The demo's history under other thresholds: a low one gains items, a high one loses them. */
export async function replay({ checkout, env, logFolder }: Workspace): Promise<CheckResult[]> {
  const options = { cwd: checkout, env, timeoutMs: TIMEOUT_MS, logFile: path.join(logFolder, 'replay.log') };
  const played = await runProgram('npm', ['start', '--', '--once'], options);
  if (played.code !== 0) throw new Error(`npm start -- --once ended with ${played.code}: see ${options.logFile}`);
  const thresholds = path.join(logFolder, 'thresholds.json');
  await writeFile(thresholds, JSON.stringify({ hate: { flag: 0.3 }, bullying: { flag: 0.995 } }));
  const { code, output, seconds } = await runProgram(
    'npm',
    ['run', '-s', 'replay', '--', '--from', '2026-01-01', '--thresholds', thresholds, '--json'],
    options,
  );
  const line = output.split('\n').findLast((found) => found.startsWith('{'));
  if (code !== 0 || line === undefined) throw new Error(`npm run replay ended with ${code}: see ${options.logFile}`);
  const { categories } = JSON.parse(line) as { categories: Record<string, Category> };
  const sum = (of: keyof Category) => Object.values(categories).reduce((total, category) => total + category[of], 0);
  return [
    {
      what: "replay of the demo's history with other thresholds",
      figure: `${sum('gained')} gained, ${sum('lost')} lost, after ${seconds.toFixed(0)} s`,
      bar: 'some of each',
      pass: sum('gained') > 0 && sum('lost') > 0,
    },
  ];
}
