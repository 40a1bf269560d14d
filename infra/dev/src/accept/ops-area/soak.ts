import type { SoakReport } from '../../soak/run-soak.js';
import type { CheckResult } from '../check.js';
import type { Workspace } from '../workspace.js';
import { runAndReport } from './run-and-report.js';

const MINUTES = 30;
const BESIDES_MS = 10 * 60_000;

/** Half an hour of a steady load, and what has grown by then. */
export async function soak(workspace: Workspace): Promise<CheckResult[]> {
  const minutes = workspace.minutes ?? MINUTES;
  const args = ['--minutes', String(minutes)];
  const report = await runAndReport<SoakReport>(workspace, 'soak', args, minutes * 60_000 + BESIDES_MS);
  const names = [...new Set(report.findings.map(({ name }) => name))];
  return [
    ...names.map((name): CheckResult => {
      const findings = report.findings.filter((finding) => finding.name === name);
      const growing = findings.filter(({ flat }) => !flat);
      const told = growing.length > 0 ? growing : findings.filter(({ measure }) => measure === 'memory');
      return {
        what: `${name}: ${findings.map(({ measure }) => measure).join(', ')} over ${minutes} minutes`,
        figure: told
          .map(({ measure, level, slope }) => `${measure} ${level.toFixed(0)}, ${slope.slope.toFixed(1)} an hour`)
          .join('; '),
        bar: 'flat by the slope of the second half',
        pass: growing.length === 0,
      };
    }),
    {
      what: 'nothing was started again, and every reader was answered',
      figure: `${report.restarted.join(', ') || 'none'}, ${report.readers.failed} of ${report.readers.asked} failed`,
      bar: 'none, 0',
      pass: report.restarted.length === 0 && report.readers.failed === 0,
    },
  ];
}
