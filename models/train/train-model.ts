import { CATEGORIES, type Category } from '@siaga/contracts';
import { TEXT_FINGERPRINT, type FeatureSpec } from '@siaga/text';
import { HEADS, type Head } from '../src/heads.js';
import type { Calibration } from '../src/manifest.js';
import type { Thresholds } from '../src/scorer.js';
import { packTable, quantiseIdf, unpackTable } from '../src/weight-table.js';
import { fitCalibration } from './calibrate.js';
import { chooseThresholds, THRESHOLD_POLICY } from './choose-thresholds.js';
import { buildDataset, inverseDocumentFrequency, tfidfValues } from './dataset.js';
import { fitHeads } from './fit.js';
import { SOURCE_WEIGHTS, teach } from './importance.js';
import { computeLogits } from './logits.js';
import { auc, calibrationError, confusion, type Judged } from './metrics.js';
import { ALL_SOURCES, readRows, SOURCES, withoutLeaks, type Row } from './rows.js';
import { target } from './targets.js';
import { writeArtefact } from './write-artefact.js';

export const FEATURES: FeatureSpec = { bits: 18, words: 2, characters: [2, 5], limit: 1024 };
const LICENCE =
  'Weights for research and non-commercial use only, until retrained on data of your own: several training sources are ' +
  'non-commercial (CC BY-NC-SA 4.0) or state no licence. The code is Apache-2.0.';

export interface TrainOptions {
  readonly dataDir: string;
  readonly outDir: string;
  readonly epochs: number;
  readonly seed: number;
}

const log = (text: string): void => void process.stderr.write(`${text}\n`);

/** Trains on the train split, calibrates and chooses thresholds on validation, writes the artefact. */
export async function trainModel({ dataDir, outDir, epochs, seed }: TrainOptions): Promise<void> {
  log(`reading ${dataDir}`);
  const all = readRows(dataDir, ALL_SOURCES);
  const rows = withoutLeaks(all).filter(({ split }) => split === 'train' || split === 'validation');
  log(`${rows.length} rows; hashing`);
  const data = buildDataset(rows, FEATURES);
  const buckets = 2 ** FEATURES.bits;
  const isTrain = (i: number): boolean => rows[i]?.split === 'train';
  const { values: idf } = quantiseIdf(inverseDocumentFrequency(data, buckets, isTrain, 2));
  const values = tfidfValues(data, idf);
  const use = Int32Array.from(rows.keys()).filter(isTrain);
  const fitted = await fitHeads(data, values, {
    buckets,
    heads: HEADS.length,
    ...teach(rows),
    use,
    decay: HEADS.map(() => 1 / 8),
    epochs,
    batch: 512,
    rate: 0.05,
    seed,
  });
  const packed = packTable({ buckets, heads: HEADS.length, weights: fitted.weights, idf });
  const stored = unpackTable(packed.bytes, buckets, packed.scale, packed.idfScale);
  const logits = computeLogits(data, values, stored.weights, fitted.bias);

  const calibration: Record<string, Calibration> = {};
  const metrics: Record<string, unknown> = {};
  const thresholds = {} as Record<Category, Thresholds>;
  HEADS.forEach((head, h) => {
    const index = rows.flatMap((row, i) => (row.split === 'validation' && isOwnSource(row, head) ? [i] : []));
    const truth = index.map((i) => target(rows[i] as Row, head) as 0 | 1);
    const platt = fitCalibration(
      index.map((i) => logits[i * HEADS.length + h] ?? 0),
      truth,
    );
    calibration[head] = platt;
    const score = (i: number): number =>
      1 / (1 + Math.exp(-(platt.slope * (logits[i * HEADS.length + h] ?? 0) + platt.offset)));
    const labelled: Judged[] = index.map((i, k) => ({ score: score(i), truth: truth[k] ?? 0 }));
    const report = {
      rows: labelled.length,
      auc: auc(labelled),
      f1: confusion(labelled, 0.5).f1,
      calibrationError: calibrationError(labelled),
    };
    metrics[head] = round(report);
    log(`${head.padEnd(11)} validation ${JSON.stringify(metrics[head])}`);
    const category = CATEGORIES.find((name) => name === head);
    if (category === undefined) return;
    const neutrals = SOURCES.neutral
      .filter((source) => source !== 'id_neutral_emot')
      .map((source) =>
        rows.flatMap((row, i): Judged[] =>
          row.split === 'validation' && row.source === source ? [{ score: score(i), truth: 0 }] : [],
        ),
      );
    thresholds[category] = chooseThresholds(labelled, neutrals);
    log(`${head.padEnd(11)} thresholds ${JSON.stringify(thresholds[category])}`);
  });
  const manifest = writeArtefact(outDir, packed, {
    name: 'siaga-text',
    version: new Date().toISOString().slice(0, 10).replaceAll('-', '.'),
    created: new Date().toISOString(),
    licence: LICENCE,
    textFingerprint: TEXT_FINGERPRINT,
    features: FEATURES,
    heads: HEADS,
    bias: [...fitted.bias],
    calibration,
    thresholds,
    data: countRows(rows),
    training: {
      epochs,
      seed,
      sourceWeights: SOURCE_WEIGHTS,
      thresholdPolicy: THRESHOLD_POLICY,
      loss: fitted.loss.at(-1),
    },
    metrics: { validation: metrics },
  });
  log(`wrote ${outDir}: ${manifest.weights.bytes} bytes of weights, ${manifest.weights.sha256.slice(0, 12)}`);
}

/** Calibration and metrics use the rows of the sources that annotate the head, not the weak negatives. */
function isOwnSource(row: Row, head: Head): boolean {
  if (row.source.startsWith('id_neutral') || (SOURCES.hoaxOnly as readonly string[]).includes(row.source)) return false;
  if (head === 'bullying' && (SOURCES.insult as readonly string[]).includes(row.source)) return false;
  return target(row, head) !== undefined;
}

function countRows(rows: readonly Row[]): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {};
  for (const { source, split } of rows) {
    const of = (counts[source] ??= {});
    of[split] = (of[split] ?? 0) + 1;
  }
  return counts;
}

const round = (values: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).map(([key, x]) => [key, Math.round(x * 1e4) / 1e4]));
