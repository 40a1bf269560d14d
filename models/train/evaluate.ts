import { parseArgs } from 'node:util';
import { DATA_DIR, MODEL_DIR } from './paths.js';
import { loadScorer } from '../src/load.js';
import { readRows, withoutLeaks } from './rows.js';
import { baselinePredict } from './baseline-predictions.js';
import { evaluateSets, type SetReport } from './evaluate-model.js';
import { evaluationSets } from './evaluation-sets.js';
import { crossValidate } from './cross-validate.js';
import { readChecks, runChecks } from './functional-checks.js';
import { decimals, formatTable, percent } from './report-table.js';
import { scorerPredict } from './scorer-predictions.js';

const HELP = `Judges a model on the held-out splits.

usage: npm run evaluate -- [--data DIR] [--model DIR] [--baseline] [--folds] [--no-checks]

  --baseline   also trains TF-IDF + logistic regression on the same rows and prints it beside
  --folds      also five-fold figures of the training recipe and the baseline (trains five times: minutes)
`;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: DATA_DIR },
    model: { type: 'string', default: MODEL_DIR },
    baseline: { type: 'boolean', default: false },
    folds: { type: 'boolean', default: false },
    epochs: { type: 'string', default: '8' },
    help: { type: 'boolean', default: false },
  },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function labelledTable(reports: readonly (readonly [name: string, reports: readonly SetReport[]])[]): string {
  const rows = [['set', 'head', 'rows', 'by', 'precision', 'recall', 'F1', 'AUC', 'PR-AUC', 'ECE']];
  const first = reports[0]?.[1] ?? [];
  first.forEach((set, i) => {
    if (set.kind === 'neutral') return;
    for (const [name, list] of reports) {
      const r = list[i];
      const f1 = set.head === 'hoax' ? `${decimals(r?.macroF1)} macro` : decimals(r?.f1);
      rows.push([
        set.name,
        set.head,
        String(set.rows),
        name,
        decimals(r?.precision),
        decimals(r?.recall),
        f1,
        decimals(r?.auc, 4),
        decimals(r?.averagePrecision),
        decimals(r?.calibrationError),
      ]);
    }
  });
  return formatTable(rows);
}

function neutralTable(reports: readonly (readonly [name: string, reports: readonly SetReport[]])[]): string {
  const rows = [['neutral set', 'head', 'rows', 'by', '>= 0.5', '>= 0.8', 'flagged']];
  const first = reports[0]?.[1] ?? [];
  first.forEach((set, i) => {
    if (set.kind !== 'neutral') return;
    for (const [name, list] of reports) {
      const r = list[i];
      rows.push([
        set.name,
        set.head,
        String(set.rows),
        name,
        percent(r?.share50),
        percent(r?.share80),
        percent(r?.flagged?.share),
      ]);
    }
  });
  return formatTable(rows);
}

async function main(): Promise<void> {
  if (values.help) return print(HELP);
  const scorer = await loadScorer(values.model);
  const rows = readRows(values.data);
  const sets = evaluationSets(rows);
  const ours = evaluateSets(sets, scorerPredict(scorer), scorer.thresholds);
  const reports: [string, SetReport[]][] = [[scorer.name, ours]];
  if (values.baseline) {
    const training = withoutLeaks(rows).filter(({ split }) => split === 'train');
    reports.push(['TF-IDF + LR', evaluateSets(sets, baselinePredict(training, 'labelled'))]);
    reports.push([
      'TF-IDF + LR with neutral rows',
      evaluateSets(sets, baselinePredict(training, 'labelled + neutral')),
    ]);
    const small = sets.filter(({ head, kind }) => head === 'bullying' && kind === 'test');
    reports.push([
      'TF-IDF + LR, Instagram sets only',
      sets.map((set) =>
        small.includes(set) ? evaluateSets([set], baselinePredict(training, 'labelled', false))[0] : undefined,
      ) as SetReport[],
    ]);
  }
  print(`${scorer.name} ${scorer.version}, ${scorer.backend}; thresholds ${JSON.stringify(scorer.thresholds)}\n`);
  print(labelledTable(reports.map(([name, list]) => [name, list] as const)));
  print(`\n${neutralTable(reports.slice(0, 3))}\n`);
  const checks = runChecks(readChecks(), scorer);
  print(
    formatTable([
      ['function', 'cases', 'right', 'per category'],
      ...checks.map((c) => [
        c.function,
        String(c.cases),
        percent(c.right, 0),
        Object.entries(c.byCategory)
          .map(([k, v]) => `${k} ${percent(v, 0)}`)
          .join(', '),
      ]),
    ]),
  );
  const folds = values.folds ? await crossValidate(rows, Number(values.epochs)) : undefined;
  if (folds !== undefined)
    print(
      `\n${formatTable([['five folds', 'by', 'rows', 'F1', 'AUC'], ...folds.map((f) => [f.head, f.by, String(f.rows), `${decimals(f.f1)} ± ${decimals(f.f1Deviation)}`, `${decimals(f.auc, 4)} ± ${decimals(f.aucDeviation, 4)}`])])}`,
    );
  print(
    JSON.stringify({
      model: scorer.name,
      version: scorer.version,
      sets: ours.map(({ reliability: _, ...rest }) => rest),
      checks: checks.map((c) => [c.function, c.right]),
      folds,
    }),
  );
  scorer.dispose();
}

await main();
