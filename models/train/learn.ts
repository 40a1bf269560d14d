import { type FeatureSpec } from '@siaga/text';
import { HEADS } from '../src/heads.js';
import { packTable, quantiseIdf, unpackTable, type PackedTable, type WeightTable } from '../src/weight-table.js';
import { ratioPenalty } from './class-ratio.js';
import { buildDataset, inverseDocumentFrequency, tfidfValues } from './dataset.js';
import { fitHeads } from './fit.js';
import { teach } from './importance.js';
import { computeLogits } from './logits.js';
import type { Row } from './rows.js';

export const FEATURES: FeatureSpec = { bits: 18, words: 2, characters: [2, 5], limit: 2048 };

/** Strength of the ridge penalty, 1 / (2 C) with C = 4. */
const DECAY = 1 / 8;
/** Rows of at least this importance count for the class ratios: labelled sources, not weak negatives nor templates. */
const LABELLED = 0.3;
/** Heads without class ratios: the slots of the templates are evidence of the template, and generalise better without. */
const WITHOUT_RATIO = new Set([HEADS.indexOf('attack')]);
/** Features of fewer training rows are dropped. */
const RARE = 1;

export interface LearnOptions {
  readonly epochs: number;
  readonly seed: number;
}

/** A trained, stored and read back model, without calibration. */
export interface Learned {
  readonly packed: PackedTable;
  readonly table: WeightTable;
  readonly bias: Float32Array;
  readonly loss: number;
  /** Uncalibrated logits, row-major [rows, heads], as the stored model gives them. */
  logits(rows: readonly Row[]): Float32Array;
}

/** Trains all heads on `rows` (all of them: the caller has picked the training rows). */
export async function learn(rows: readonly Row[], { epochs, seed }: LearnOptions): Promise<Learned> {
  const buckets = 2 ** FEATURES.bits;
  const data = buildDataset(rows, FEATURES);
  const { values: idf } = quantiseIdf(inverseDocumentFrequency(data, buckets, () => true, RARE));
  const taught = { heads: HEADS.length, ...teach(rows) };
  const fitted = await fitHeads(data, tfidfValues(data, idf), {
    ...taught,
    buckets,
    penalty: ratioPenalty(data, buckets, taught, LABELLED, WITHOUT_RATIO),
    use: Int32Array.from(rows.keys()),
    decay: HEADS.map(() => DECAY),
    epochs,
    batch: 512,
    rate: 0.05,
    seed,
  });
  const packed = packTable({ buckets, heads: HEADS.length, weights: fitted.weights, idf });
  const table = unpackTable(packed.bytes, buckets, packed.scale, packed.idfScale);
  return {
    packed,
    table,
    bias: fitted.bias,
    loss: fitted.loss.at(-1) ?? NaN,
    logits(others) {
      const set = buildDataset(others, FEATURES);
      return computeLogits(set, tfidfValues(set, table.idf), table.weights, fitted.bias);
    },
  };
}
