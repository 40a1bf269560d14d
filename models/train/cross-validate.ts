import type { Head } from '../src/heads.js';
import { baselinePredict } from './baseline-predictions.js';
import { calibrateHeads, isOwnSource, probabilities } from './calibrate-heads.js';
import { learn } from './learn.js';
import { auc, confusion, type Judged } from './metrics.js';
import { createRandom } from './random.js';
import type { Row } from './rows.js';
import { target } from './targets.js';
import { foldOfGroup } from './tfidf-baseline.js';
import { expandTemplates } from './templates/expand-templates.js';

export interface FoldFigures {
  readonly head: Head;
  readonly by: string;
  readonly rows: number;
  readonly f1: number;
  readonly f1Deviation: number;
  readonly auc: number;
  readonly aucDeviation: number;
}

const FOLDS = 5;
const JUDGED: readonly Head[] = ['hate', 'abusive', 'bullying'];

/**
 * Five-fold figures of the recipe and of the baseline, on all labelled rows whatever their published split, near-duplicates kept
 * together. In each fold a tenth of the training part (of the labelled sources) is set aside to calibrate.
 */
export async function crossValidate(all: readonly Row[], epochs: number): Promise<FoldFigures[]> {
  const labelled = all.filter((row) => row.split !== 'external' && JUDGED.some((head) => isOwnSource(row, head)));
  const others = all.filter((row) => row.split === 'train' && !labelled.includes(row));
  const folds = foldOfGroup(
    labelled.map(({ group }) => group),
    FOLDS,
    createRandom(11),
  );
  const figures = new Map<string, { f1: number[]; auc: number[]; rows: number }>();
  const record = (head: Head, by: string, items: readonly Judged[]): void => {
    const entry = figures.get(`${head}/${by}`) ?? { f1: [], auc: [], rows: 0 };
    figures.set(`${head}/${by}`, entry);
    entry.f1.push(confusion(items, 0.5).f1);
    entry.auc.push(auc(items));
    entry.rows += items.length;
  };
  for (let fold = 0; fold < FOLDS; fold++) {
    const test = labelled.filter(({ group }) => folds.get(group) === fold);
    const rest = labelled
      .filter(({ group }) => folds.get(group) !== fold)
      .map((row): Row => ({ ...row, split: 'train' }));
    const held = new Set(test.map(({ normalised }) => normalised));
    const kept = rest.filter(({ normalised }) => !held.has(normalised));
    const calibration = kept.filter(({ group }) => group % 10 === 3);
    const training = kept.filter(({ group }) => group % 10 !== 3);
    const learned = await learn([...training, ...others, ...expandTemplates(12, fold)], { epochs, seed: fold });
    const calibrated = calibrateHeads(learned, calibration);
    const baseline = baselinePredict([...kept, ...others], 'labelled');
    for (const head of JUDGED) {
      const rows = test.filter((row) => isOwnSource(row, head));
      const items = (scores: readonly number[]): Judged[] =>
        rows.map((row, i) => ({ score: scores[i] ?? 0, truth: target(row, head) === 1 ? 1 : 0 }));
      record(head, 'siaga-text', items(probabilities(learned, calibrated, rows, head)));
      record(head, 'TF-IDF + LR', items(baseline(rows, head)));
    }
  }
  return [...figures].map(([key, { f1, auc: areas, rows }]) => {
    const [head, by] = key.split('/') as [Head, string];
    return {
      head,
      by,
      rows,
      f1: mean(f1),
      f1Deviation: deviation(f1),
      auc: mean(areas),
      aucDeviation: deviation(areas),
    };
  });
}

const mean = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length;
const deviation = (xs: readonly number[]): number => Math.sqrt(mean(xs.map((x) => (x - mean(xs)) ** 2)));
