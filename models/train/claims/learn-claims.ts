import { fitCalibration } from '../calibrate.js';
import type { Calibration } from '../../src/manifest.js';
import type { Gate } from '../../src/claims/candidates.js';
import { probability, type ClaimHead } from '../../src/claims/claim-head.js';
import { PAIR_FEATURES } from '../../src/claims/pair-features.js';
import { logitsOf, withoutTwins, type CandidateGroup } from './candidate-groups.js';
import { fitPairs } from './fit-pairs.js';
import { pairsAboutTheSame, thresholdFor } from './judge-pairs.js';
import type { Neighbours } from './twins.js';

const FOLDS = 5;
const FIT = { decay: 1, pointwise: 2 };
/** Wrong candidates per post to learn from, and to calibrate on. */
const WRONG = { learn: 40, calibrate: 10 };
const PRECISION = 0.95;
/** Candidates per post that are looked at closely. */
const MOST = 8;
/** Of the pairs that match, the gate lets through all but so many. */
const LOST_AT_GATE = 0.01;

/** A post of the pairs with its candidates. */
export interface Example {
  readonly claimId: string;
  /** Posts of a fold share it; see Pair. */
  readonly fold: number;
  readonly group: CandidateGroup;
}

export interface Learned {
  readonly head: ClaimHead;
  readonly threshold: number;
  readonly gate: Gate;
  /** Each example under a head that has not seen it. */
  readonly heldOut: ReadonlyMap<Example, ClaimHead>;
}

/**
 * Learns the head from all examples and from posts that make no claim; calibrates it, and chooses threshold and gate, on what heads say of the
 * fold that they have not seen.
 */
export function learnClaims(examples: readonly Example[], none: readonly CandidateGroup[], near: Neighbours): Learned {
  const foldOf = ({ fold }: Example): number => fold % FOLDS;
  const fit = (fold: number | undefined): ClaimHead =>
    fitPairs(
      [
        ...examples
          .filter((example) => foldOf(example) !== fold)
          .map(({ group, claimId }) => withoutTwins(group, claimId, near, WRONG.learn))
          .filter(({ right }) => right >= 0),
        ...none.filter((_, i) => i % FOLDS !== fold),
      ],
      FIT,
    );
  const heads = Array.from({ length: FOLDS }, (_, fold) => fit(fold));
  const headOf = (fold: number): ClaimHead => heads[fold] as ClaimHead;
  const calibration = calibrate(
    examples,
    none,
    near,
    (example) => headOf(foldOf(example)),
    (i) => headOf(i % FOLDS),
  );
  const head = calibrated(fit(undefined), calibration);
  const heldOut = new Map(examples.map((example) => [example, calibrated(headOf(foldOf(example)), calibration)]));
  const judged = examples.flatMap((example) => pairsAboutTheSame([example], heldOut.get(example) as ClaimHead, near));
  const threshold = thresholdFor(judged, PRECISION);
  return { head, threshold, gate: gateFor(heldOut, threshold), heldOut };
}

/** The calibration is part of the weights: what is left is one linear function. */
const calibrated = ({ weights, bias }: ClaimHead, { slope, offset }: Calibration): ClaimHead => ({
  weights: weights.map((weight) => slope * weight),
  bias: slope * bias + offset,
});

function calibrate(
  examples: readonly Example[],
  none: readonly CandidateGroup[],
  near: Neighbours,
  headOf: (example: Example) => ClaimHead,
  headOfNone: (i: number) => ClaimHead,
): Calibration {
  const logits: number[] = [];
  const truth: (0 | 1)[] = [];
  const add = (head: ClaimHead, group: CandidateGroup): void =>
    logitsOf(head, group).forEach((logit, i) => {
      logits.push(logit);
      truth.push(i === group.right ? 1 : 0);
    });
  for (const example of examples)
    add(headOf(example), withoutTwins(example.group, example.claimId, near, WRONG.calibrate));
  none.forEach((group, i) => add(headOfNone(i), group));
  return fitCalibration(logits, truth);
}

/** The highest gate that nearly all pairs pass whose probability reaches the threshold. */
function gateFor(heldOut: ReadonlyMap<Example, ClaimHead>, threshold: number): Gate {
  const passing = [...heldOut].flatMap(([{ group }, head]) =>
    group.right >= 0 && probability(logitsOf(head, group)[group.right] as number) >= threshold
      ? [group.features.subarray(group.right * PAIR_FEATURES.length)]
      : [],
  );
  const low = (feature: (typeof PAIR_FEATURES)[number]): number => {
    const values = passing.map((row) => row[PAIR_FEATURES.indexOf(feature)] as number).sort((a, b) => a - b);
    return values[Math.floor(LOST_AT_GATE * values.length)] ?? 0;
  };
  return {
    weight: Math.floor(100 * low('shared weight')) / 10,
    share: Math.floor(100 * low('share of the claim')) / 100,
    most: MOST,
  };
}
