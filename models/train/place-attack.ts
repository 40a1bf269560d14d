import type { Calibration } from '../src/manifest.js';
import { THRESHOLD_POLICY } from './choose-thresholds.js';
import { buildDataset, tfidfValues } from './dataset.js';
import { teach } from './importance.js';
import { FEATURES, type Learned } from './learn.js';
import { fitLogistic, linearLogits } from './logistic.js';
import type { Row } from './rows.js';
import { HEADS, type Head } from '../src/heads.js';
import { TEMPLATE_SOURCE } from './templates/expand-templates.js';

const ATTACK: Head = 'attack';
/** 1 / (2 * DECAY of learn.ts). */
const C = 4;
/** Most harmless sentences about groups, of families never trained on, that may reach the flag threshold. */
const FALSE_ALARMS = 0.03;
/** The same of neutral posts that name a group: what a policy allows of neutral posts. */
const OF_MENTIONS = THRESHOLD_POLICY.neutralRate;
/** Steep, so that the head decides or stays out: what it half suspects must not reorder the hate head's scores. */
const SLOPE = 3;

const familyOf = ({ id }: Row): string => id.split(':')[1] ?? '';

/**
 * Where the attack head's probability passes `flag`. No published set says how often a post attacks a group without rough words, so
 * there is nothing to fit Platt's calibration on. Instead the head is trained twice, each time without half of the families of
 * templates, and the point is set by what it makes of the harmless sentences of the half it never saw; and by `mentions`, neutral posts
 * of the validation split with a group put into them.
 */
export function placeAttack(
  { table, logits }: Pick<Learned, 'table' | 'logits'>,
  training: readonly Row[],
  mentions: readonly Row[],
  flag: number,
): Calibration {
  const column = HEADS.indexOf(ATTACK);
  const { targets, importance } = teach(training);
  const target = (row: number): number => targets[row * HEADS.length + column] ?? 0;
  const weight = (row: number): number => importance[row * HEADS.length + column] ?? 0;
  const taught = [...training.keys()].filter((row) => weight(row) > 0);
  const templates = taught.filter((row) => training[row]?.source === TEMPLATE_SOURCE);
  const families = [...new Set(templates.map((row) => familyOf(training[row] as Row)))];
  const half = (row: number): number => families.indexOf(familyOf(training[row] as Row)) % 2;
  const data = buildDataset(training, FEATURES);
  const sparse = {
    columns: table.buckets,
    ids: data.ids,
    values: tfidfValues(data, table.idf),
    start: data.start.filter((_, i) => i % 2 === 0),
  };
  const harmless: number[] = [];
  for (const part of [0, 1]) {
    const heldOut = new Set(templates.filter((row) => half(row) === part));
    const use = Int32Array.from(taught.filter((row) => !heldOut.has(row)));
    const model = fitLogistic(sparse, use, Float32Array.from(use, target), Float32Array.from(use, weight), {
      c: C,
      iterations: 40,
    });
    const held = linearLogits(sparse, model);
    for (const row of heldOut) if (target(row) === 0) harmless.push(held[row] ?? 0);
  }
  const all = logits(mentions);
  const ofMentions = mentions.map((_, i) => all[i * HEADS.length + column] ?? 0);
  return passedAt(Math.max(pointOf(harmless, FALSE_ALARMS), pointOf(ofMentions, OF_MENTIONS)), flag);
}

/** The logit that a share of `logits` lies above. */
export const pointOf = (logits: readonly number[], share: number): number =>
  [...logits].sort((a, b) => b - a)[Math.floor(logits.length * share)] ?? 0;

const passedAt = (point: number, flag: number): Calibration => ({
  slope: SLOPE,
  offset: Math.log(flag / (1 - flag)) - SLOPE * point,
});
