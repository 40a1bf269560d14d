import path from 'node:path';
import type { Check, CheckResult } from './check.js';
import { runProgram } from './run-program.js';

const TIMEOUT_MS = 40 * 60_000;

/** Runs test files chosen by a part of their name, with the meaning of each. */
export const tests =
  (meanings: Readonly<Record<string, string>>, settings: NodeJS.ProcessEnv = {}): Check['run'] =>
  async ({ checkout, env, logFolder }) => {
    const results: CheckResult[] = [];
    for (const [name, what] of Object.entries(meanings)) {
      const { code, seconds, output } = await runProgram('npm', ['test', '--', name], {
        ...{ cwd: checkout, env: { ...env, ...settings }, timeoutMs: TIMEOUT_MS },
        logFile: path.join(logFolder, `${name}.log`),
      });
      const [, passed = '0'] = /^Tests:.*?(\d+) passed/m.exec(output) ?? [];
      const [, said] = /^(?:chaos|hostile): (.*)$/m.exec(output) ?? [];
      results.push({
        what,
        figure: `${passed} passed, exit ${code} after ${seconds.toFixed(0)} s${said ? `; ${said}` : ''}`,
        bar: 'all pass',
        pass: code === 0 && Number(passed) > 0,
      });
    }
    return results;
  };
