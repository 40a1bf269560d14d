import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitCalibration } from './calibrate.js';
import { chooseThresholds, precisionAt } from './choose-thresholds.js';
import {
  auc,
  averagePrecision,
  bestF1Threshold,
  calibrationError,
  confusion,
  macroF1,
  type Judged,
} from './metrics.js';
import { createRandom } from './random.js';

const items = (pairs: readonly (readonly [score: number, truth: 0 | 1])[]): Judged[] =>
  pairs.map(([score, truth]) => ({ score, truth }));

describe('metrics', () => {
  test('AUC is the share of pairs in the right order, ties half', () => {
    const judged = fc.array(fc.record({ score: fc.integer({ min: 0, max: 5 }), truth: fc.constantFrom<0 | 1>(0, 1) }), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(judged, (list) => {
        const yes = list.filter(({ truth }) => truth === 1);
        const no = list.filter(({ truth }) => truth === 0);
        fc.pre(yes.length > 0 && no.length > 0);
        let right = 0;
        for (const a of yes) for (const b of no) right += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
        expect(auc(list)).toBeCloseTo(right / (yes.length * no.length), 10);
      }),
    );
  });
  test('by hand: confusion, F1, macro F1, average precision, calibration error', () => {
    const list = items([
      [0.9, 1],
      [0.8, 0],
      [0.7, 1],
      [0.2, 1],
      [0.1, 0],
    ]);
    expect(confusion(list, 0.5)).toEqual({ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, falsePositiveRate: 0.5 });
    expect(macroF1(list, 0.5)).toBeCloseTo((2 / 3 + 0.5) / 2);
    expect(averagePrecision(list)).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3);
    expect(
      calibrationError(
        items([
          [0.75, 1],
          [0.75, 0],
        ]),
      ),
    ).toBeCloseTo(0.25);
    expect(confusion(list, bestF1Threshold(list)).f1).toBeCloseTo(6 / 7);
  });
});

describe('calibration', () => {
  test('finds the slope and offset that made the labels', () => {
    const random = createRandom(4);
    const logits = Array.from({ length: 20_000 }, () => 8 * random() - 4);
    const truth = logits.map((z): 0 | 1 => (random() < 1 / (1 + Math.exp(-(0.7 * z - 0.5))) ? 1 : 0));
    const { slope, offset } = fitCalibration(logits, truth);
    expect(slope).toBeCloseTo(0.7, 1);
    expect(offset).toBeCloseTo(-0.5, 1);
  });
});

describe('thresholds', () => {
  const labelled = items(Array.from({ length: 100 }, (_, i) => [i / 100, i >= 50 ? 1 : 0] as const));
  const neutral = items(Array.from({ length: 1000 }, (_, i) => [(i / 1000) ** 4, 0] as const));
  const policy = { prevalence: 0.05, flagPrecision: 0.3, escalatePrecision: 0.4, neutralRate: 0.05, electionRate: 0.1 };
  test('meet the precision and the rate that the policy states, and no lower step does', () => {
    const { flag, escalate } = chooseThresholds(labelled, [{ items: neutral, election: false }], policy);
    expect(confusion(neutral, flag).falsePositiveRate).toBeLessThanOrEqual(0.05);
    expect(precisionAt(labelled, neutral, flag, 0.05)).toBeGreaterThanOrEqual(0.3);
    expect(escalate).toBeGreaterThanOrEqual(flag);
    const lower = flag - 0.005;
    expect(
      confusion(neutral, lower).falsePositiveRate > 0.05 || precisionAt(labelled, neutral, lower, 0.05) < 0.3,
    ).toBe(true);
  });
  test('an election set may hold more', () => {
    const rate = { ...policy, flagPrecision: 0.1 };
    const strict = chooseThresholds(labelled, [{ items: neutral, election: false }], rate);
    const loose = chooseThresholds(labelled, [{ items: neutral, election: true }], rate);
    expect(loose.flag).toBeLessThan(strict.flag);
  });
});
