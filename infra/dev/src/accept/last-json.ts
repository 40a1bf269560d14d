import path from 'node:path';
import { runProgram } from './run-program.js';
import type { Workspace } from './workspace.js';

/**
 * Runs npm in the checkout and reads the last line that is a JSON object.
 * @throws Error when it fails, or prints none
 */
export async function lastJson<T>(
  { checkout, env, logFolder }: Workspace,
  args: string[],
  timeoutMs: number,
): Promise<T> {
  const logFile = path.join(logFolder, `${args.at(2) ?? 'npm'}.log`);
  const { code, output } = await runProgram('npm', args, { cwd: checkout, env, timeoutMs, logFile });
  const line = output.split('\n').findLast((found) => found.startsWith('{'));
  if (code !== 0 || line === undefined) throw new Error(`npm ${args.join(' ')} ended with ${code}: see ${logFile}`);
  return JSON.parse(line) as T;
}
