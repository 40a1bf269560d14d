import type { Category } from '@siaga/contracts';
import type { Head } from '../src/heads.js';
import type { Thresholds } from '../src/scorer.js';
import { bootstrapInterval } from './bootstrap.js';
import { judge, type EvaluationSet } from './evaluation-sets.js';
import {
  auc,
  averagePrecision,
  calibrationError,
  confusion,
  macroF1,
  reliability,
  type ReliabilityBin,
} from './metrics.js';
import type { Row } from './rows.js';

/** Probabilities of one head for rows. */
export type Predict = (rows: readonly Row[], head: Head) => number[];

export interface SetReport {
  readonly name: string;
  readonly head: Head;
  readonly kind: EvaluationSet['kind'];
  readonly rows: number;
  readonly positives: number;
  /** At 0.5. */
  readonly precision?: number;
  readonly recall?: number;
  readonly f1?: number;
  readonly f1Interval?: readonly [number, number];
  readonly macroF1?: number;
  readonly auc?: number;
  readonly aucInterval?: readonly [number, number];
  readonly averagePrecision?: number;
  readonly calibrationError?: number;
  readonly reliability?: readonly ReliabilityBin[];
  /** At the flag threshold of a category. */
  readonly flagged?: {
    readonly threshold: number;
    readonly share: number;
    readonly precision: number;
    readonly recall: number;
  };
  /** Neutral sets: share at or above 0.5 and 0.8, for comparison with the baseline's figures. */
  readonly share50?: number;
  readonly share80?: number;
}

const round = (x: number): number => Math.round(x * 1e4) / 1e4;

/** Judges every set. `intervals`: also bootstrap, which takes a second or two per set. */
export function evaluateSets(
  sets: readonly EvaluationSet[],
  predict: Predict,
  thresholds?: Readonly<Record<Category, Thresholds>>,
  intervals = false,
): SetReport[] {
  return sets.map((set) => {
    const items = judge(set, predict(set.rows, set.head));
    const share = (t: number): number => items.filter(({ score }) => score >= t).length / items.length;
    const flag = thresholds?.[set.head as Category]?.flag;
    const at = flag === undefined ? undefined : confusion(items, flag);
    const flagged =
      flag === undefined || at === undefined
        ? {}
        : {
            flagged: {
              threshold: flag,
              share: round(share(flag)),
              precision: round(at.precision),
              recall: round(at.recall),
            },
          };
    const head = {
      name: set.name,
      head: set.head,
      kind: set.kind,
      rows: items.length,
      positives: set.truth.filter((t) => t === 1).length,
    };
    if (set.kind === 'neutral') return { ...head, share50: round(share(0.5)), share80: round(share(0.8)), ...flagged };
    const half = confusion(items, 0.5);
    return {
      ...head,
      precision: round(half.precision),
      recall: round(half.recall),
      f1: round(half.f1),
      macroF1: round(macroF1(items, 0.5)),
      auc: round(auc(items)),
      averagePrecision: round(averagePrecision(items)),
      calibrationError: round(calibrationError(items)),
      reliability: reliability(items).map((bin) => ({
        count: bin.count,
        mean: round(bin.mean),
        share: round(bin.share),
      })),
      ...(intervals
        ? {
            f1Interval: bootstrapInterval(items, (sample) => confusion(sample, 0.5).f1).map(round) as [number, number],
            aucInterval: bootstrapInterval(items, auc).map(round) as [number, number],
          }
        : {}),
      ...flagged,
    };
  });
}
