import type { CheckResult } from '../check.js';
import { lastJson } from '../last-json.js';
import type { Workspace } from '../workspace.js';

const TIMEOUT_MS = 10 * 60_000;
const MICROS = 40;
const MEGABYTES = 300;

interface Cost {
  readonly claims: { readonly claims: number; readonly medianMicros: number; readonly megabytes: number };
}

export async function cost(workspace: Workspace): Promise<CheckResult[]> {
  const { claims: found } = await lastJson<Cost>(
    workspace,
    ['run', '-s', 'bench', '--', '--claims', '--json'],
    TIMEOUT_MS,
  );
  return [
    {
      what: `CPU per post against ${found.claims} claims, median`,
      figure: `${found.medianMicros} us`,
      bar: `< ${MICROS} us`,
      pass: found.medianMicros < MICROS,
    },
    {
      what: `memory of ${found.claims} claims`,
      figure: `${found.megabytes} MB`,
      bar: `< ${MEGABYTES} MB`,
      pass: found.megabytes < MEGABYTES,
    },
  ];
}
