import path from 'node:path';
import { runProgram } from '../run-program.js';
import type { Workspace } from '../workspace.js';

/**
 * Runs a program of the checkout that ends with a report on a line of JSON, and with 1 where it falls short.
 *
 * @throws Error when it ends without a report
 */
export async function runAndReport<T>(
  { checkout, env, logFolder }: Workspace,
  name: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<T> {
  const logFile = path.join(logFolder, `${name}.log`);
  const { code, output } = await runProgram('npm', ['run', '-s', name, '--', ...args], {
    ...{ cwd: checkout, env, logFile, timeoutMs },
  });
  const line = output.split('\n').findLast((found) => found.startsWith('{'));
  if (line === undefined) throw new Error(`${name} ended with ${code} and no report: see ${logFile}`);
  return JSON.parse(line) as T;
}
