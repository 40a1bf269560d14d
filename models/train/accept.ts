import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CATEGORIES } from '@siaga/contracts';
import { loadScorer } from '../src/load.js';
import type { Manifest } from '../src/manifest.js';
import { ModelError } from '../src/model-error.js';
import type { Scorer } from '../src/scorer.js';
import { baselinePredict } from './baseline-predictions.js';
import { evaluateSets, type SetReport } from './evaluate-model.js';
import { evaluationSets, type EvaluationSet } from './evaluation-sets.js';
import { readChecks, runChecks } from './functional-checks.js';
import { DATA_DIR, MODEL_DIR } from './paths.js';
import { formatTable, percent } from './report-table.js';
import { readRows, withoutLeaks, type Row } from './rows.js';
import { scorerPredict } from './scorer-predictions.js';

const HELP = `Holds the shipped model to the lines that its issue says it must show. Exits 1 when one falls short.

usage: node models/train/dist/train/accept.js [--data DIR] [--model DIR]
`;

interface Result {
  readonly line: number;
  readonly what: string;
  readonly figure: string;
  readonly bar: string;
  readonly pass: boolean;
}

/** Published figures of the baseline (TF-IDF + logistic regression, trained without neutral rows). */
const TEST_BARS = {
  hate: { f1: 0.818, auc: 0.933, margin: 0.01 },
  abusive: { f1: 0.876, auc: 0.967, margin: 0 },
  bullying: { f1: 0.874, auc: 0.948, margin: 0 },
} as const;
const NEUTRAL_BARS: Readonly<Record<string, number>> = {
  'reviews and sentiment': 0.02,
  headlines: 0.02,
  'vaccine tweets': 0.02,
  'election tweets 2024 (kept out)': 0.03,
  'Jakarta election tweets 2017 (kept out)': 0.03,
};

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: DATA_DIR },
    model: { type: 'string', default: MODEL_DIR },
    help: { type: 'boolean', default: false },
  },
});

const atLeast = (line: number, what: string, figure: number, bar: number, digits = 4): Result => ({
  line,
  what,
  figure: figure.toFixed(digits),
  bar: `>= ${bar.toFixed(digits)}`,
  pass: figure >= bar,
});
const atMost = (line: number, what: string, figure: number, bar: number, show: (x: number) => string): Result => ({
  line,
  what,
  figure: show(figure),
  bar: `<= ${show(bar)}`,
  pass: figure <= bar,
});

function onTest(ours: readonly SetReport[]): Result[] {
  return ours.flatMap((set) => {
    const bar = TEST_BARS[set.head as keyof typeof TEST_BARS] as (typeof TEST_BARS)[keyof typeof TEST_BARS] | undefined;
    if (set.kind !== 'test' || bar === undefined) return [];
    return [
      atLeast(1, `${set.head} on test: F1`, set.f1 ?? 0, bar.f1 + bar.margin),
      atLeast(1, `${set.head} on test: AUC`, set.auc ?? 0, bar.auc),
    ];
  });
}

function elsewhere(sets: readonly EvaluationSet[], ours: readonly SetReport[], rows: readonly Row[]): Result[] {
  const training = withoutLeaks(rows).filter(({ split }) => split === 'train');
  const foreign = sets.filter(({ kind }) => kind === 'other source');
  const baselines = (['labelled', 'labelled + neutral'] as const).map((kind) => ({
    kind,
    reports: evaluateSets(foreign, baselinePredict(training, kind)),
  }));
  return ours
    .filter(({ kind }) => kind === 'other source')
    .flatMap((set, i) =>
      baselines.map(({ kind, reports }) =>
        atLeast(2, `${set.head} on ${set.name}: AUC, baseline on ${kind} rows`, set.auc ?? 0, reports[i]?.auc ?? 0),
      ),
    );
}

function quietOnNeutral(ours: readonly SetReport[]): Result[] {
  return ours.flatMap((set) => {
    const bar = set.head === 'hate' ? NEUTRAL_BARS[set.name] : undefined;
    return bar === undefined || set.flagged === undefined
      ? []
      : [atMost(3, `flagged as hate: ${set.name}`, set.flagged.share, bar, percent)];
  });
}

function calibrated(ours: readonly SetReport[]): Result[] {
  return CATEGORIES.map((category) => {
    const own = ours.find(({ head, kind }) => head === category && kind === 'test');
    return atMost(4, `${category} on test: calibration error`, own?.calibrationError ?? 1, 0.05, (x) => x.toFixed(3));
  });
}

function functional(scorer: Scorer): Result[] {
  const results = runChecks(readChecks(), scorer);
  return ['negation', 'counter-speech', 'identity-mentions', 'criticism'].map((group) => {
    const own = results.filter((result) => result.group === group);
    return atLeast(
      5,
      `functional checks: ${group}`,
      own.reduce((sum, { right }) => sum + right, 0) / own.length,
      0.7,
      2,
    );
  });
}

async function served(
  manifest: Manifest,
  loadMilliseconds: number,
  scorer: Scorer,
  rows: readonly Row[],
): Promise<Result[]> {
  const texts = rows.filter((_, i) => i % 50 === 0).map(({ text }) => text);
  const wasm = await loadScorer(values.model, { backend: 'wasm' });
  const native = await loadScorer(values.model, { backend: 'native' }).catch((error: unknown) => {
    if (error instanceof ModelError) return undefined;
    throw error;
  });
  const theirs = wasm.score(texts);
  const difference = native
    ?.score(texts)
    .reduce(
      (most, { scores }, i) =>
        Math.max(most, ...CATEGORIES.map((c) => Math.abs(scores[c] - (theirs[i]?.scores[c] ?? 0)))),
      0,
    );
  return [
    atMost(6, 'size of the weights', manifest.weights.bytes / 1e6, 25, (x) => `${x.toFixed(1)} MB`),
    atMost(6, `load, ${scorer.backend}`, loadMilliseconds / 1000, 2, (x) => `${x.toFixed(2)} s`),
    atMost(6, `native and WASM differ, ${texts.length} texts`, difference ?? NaN, 1e-4, (x) => x.toExponential(1)),
  ];
}

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(HELP);
  const began = performance.now();
  const scorer = await loadScorer(values.model);
  const loadMilliseconds = performance.now() - began;
  const manifest = JSON.parse(readFileSync(join(values.model, 'manifest.json'), 'utf8')) as Manifest;
  const rows = readRows(values.data);
  const sets = evaluationSets(rows);
  const ours = evaluateSets(sets, scorerPredict(scorer), scorer.thresholds);
  const results = [
    ...onTest(ours),
    ...elsewhere(sets, ours, rows),
    ...quietOnNeutral(ours),
    ...calibrated(ours),
    ...functional(scorer),
    ...(await served(manifest, loadMilliseconds, scorer, rows)),
  ];
  const table = results.map(({ line, what, figure, bar, pass }) => [
    String(line),
    what,
    figure,
    bar,
    pass ? 'pass' : 'FAIL',
  ]);
  process.stdout.write(`${formatTable([['#', 'check', 'figure', 'bar', ''], ...table])}\n`);
  const failed = results.filter(({ pass }) => !pass).length;
  process.stdout.write(
    `${JSON.stringify({ area: 'models', passed: results.length - failed, failed, checks: results })}\n`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
