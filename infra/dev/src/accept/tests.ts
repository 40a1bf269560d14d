import path from 'node:path';
import type { Check, CheckResult } from './check.js';
import { runProgram } from './run-program.js';
import type { Workspace } from './workspace.js';

const TIMEOUT_MS = 40 * 60_000;

export interface TestRun {
  readonly pass: boolean;
  /** How many tests passed, and what the test says of itself on a line of its own that begins with its name. */
  readonly figure: string;
  readonly said: string;
}

/**
 * Runs the test suite's own files.
 *
 * @param pattern part of their path, as jest takes it
 */
export async function runTests(
  { checkout, env, logFolder }: Workspace,
  pattern: string,
  settings: NodeJS.ProcessEnv = {},
): Promise<TestRun> {
  const { code, seconds, output } = await runProgram('npm', ['test', '--', pattern], {
    ...{ cwd: checkout, env: { ...env, ...settings }, timeoutMs: TIMEOUT_MS },
    logFile: path.join(logFolder, `${pattern.replace(/\W+/g, '-')}.log`),
  });
  const [, passed = '0'] = /^Tests:.*?(\d+) passed/m.exec(output) ?? [];
  const [, said = ''] = /^(?:chaos|hostile|fleet|backlog|schemathesis|console): (.*)$/m.exec(output) ?? [];
  return {
    said,
    figure: `${passed} passed, exit ${code} after ${seconds.toFixed(0)} s${said ? `; ${said}` : ''}`,
    pass: code === 0 && Number(passed) > 0,
  };
}

/** A check that runs test files, each with its meaning. */
export const tests =
  (meanings: Readonly<Record<string, string>>, settings: NodeJS.ProcessEnv = {}): Check['run'] =>
  async (workspace) => {
    const results: CheckResult[] = [];
    for (const [pattern, what] of Object.entries(meanings)) {
      const { figure, pass } = await runTests(workspace, pattern, settings);
      results.push({ what, figure, bar: 'all pass', pass });
    }
    return results;
  };
