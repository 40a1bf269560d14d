import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { installPrometheus } from '@siaga/engines';
import { PROMETHEUS_FOLDER, ruleFiles, ruleTestFiles } from './rule-files.js';

const run = promisify(execFile);
const { promtool, why } = await installPrometheus().then(
  (programs) => ({ promtool: programs.promtool, why: '' }),
  (error: Error) => {
    if (process.env.CI === 'true') throw error;
    return { promtool: '', why: error.message };
  },
);

/** Skipped only where there is no Prometheus and none can be had, which CI does not accept. */
const describeIfThere = why === '' ? describe : describe.skip;

describeIfThere(`promtool ${why}`, () => {
  test('takes the rules', async () => {
    const { stdout } = await run(promtool, ['check', 'rules', ...ruleFiles()]);
    expect(stdout.match(/SUCCESS/g)).toHaveLength(ruleFiles().length);
  });

  test('takes the configuration', async () => {
    const { stdout } = await run(promtool, ['check', 'config', path.join(PROMETHEUS_FOLDER, 'prometheus.yml')]);
    expect(stdout).toContain('SUCCESS');
  });

  test.each(ruleTestFiles().map((file) => [path.basename(file), file]))('%s passes', async (_name, file) => {
    const { stdout } = await run(promtool, ['test', 'rules', file]).catch(
      (error: { stdout: string; stderr: string }) => {
        throw new Error(`${error.stdout}\n${error.stderr}`);
      },
    );
    expect(stdout).toContain('SUCCESS');
  });
});
