import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DATA_DIR, MODEL_DIR } from './paths.js';
import { CATEGORIES } from '@siaga/contracts';
import { loadScorer } from '../src/load.js';
import { THRESHOLD_POLICY } from './choose-thresholds.js';
import { COLOURS, plotUnitSquare } from './plot.js';
import { decimals, formatTable, percent } from './report-table.js';
import { readRows } from './rows.js';
import { scorerPredict } from './scorer-predictions.js';
import { LADDER, tradeOffs } from './trade-off.js';

const HELP = `Prints what each threshold would find and cost, and draws it.

usage: npm run thresholds -- [--data DIR] [--model DIR] [--prevalence 0.05] [--png FILE]

  --prevalence P  assumed share of posts of the category (default ${THRESHOLD_POLICY.prevalence})
  --png FILE      precision over recall, one line per category: hoax blue, hate red, bullying green
`;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: DATA_DIR },
    model: { type: 'string', default: MODEL_DIR },
    prevalence: { type: 'string', default: String(THRESHOLD_POLICY.prevalence) },
    png: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(HELP);
  const prevalence = Number(values.prevalence);
  if (!(prevalence > 0 && prevalence < 1)) throw new RangeError('--prevalence is a share between 0 and 1');
  const scorer = await loadScorer(values.model);
  const rows = readRows(values.data);
  const predict = scorerPredict(scorer);
  const series = CATEGORIES.map((category) => {
    const { flag, escalate } = scorer.thresholds[category];
    const ladder = [...new Set([...LADDER, flag, escalate])].sort((a, b) => a - b);
    const steps = tradeOffs(rows, category, predict, prevalence, ladder);
    const mark = (t: number): string =>
      [t === flag ? 'flag' : '', t === escalate ? 'escalate' : ''].filter(Boolean).join(', ');
    process.stdout.write(`${category}, if ${percent(prevalence)} of posts were; validation rows\n`);
    process.stdout.write(
      `${formatTable([
        ['threshold', 'finds', 'precision', 'alerts per 10,000 neutral', 'on the worst neutral set', ''],
        ...steps.map((s) => [
          decimals(s.threshold),
          percent(s.recall),
          percent(s.precision),
          s.alertsPer10000.toFixed(0),
          s.worstPer10000.toFixed(0),
          mark(s.threshold),
        ]),
      ])}\n\n`,
    );
    return { colour: COLOURS[category], points: steps.map((s) => [s.recall, s.precision] as const) };
  });
  if (values.png !== undefined) writeFileSync(values.png, plotUnitSquare(series, false));
  scorer.dispose();
}

await main();
