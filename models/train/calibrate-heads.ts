import type { Category } from '@siaga/contracts';
import { DECIDERS, HEADS, type Head } from '../src/heads.js';
import type { Calibration } from '../src/manifest.js';
import { fitCalibration } from './calibrate.js';
import type { Learned } from './learn.js';
import { SOURCES, type Row } from './rows.js';
import { target } from './targets.js';
import { TEMPLATE_SOURCE } from './templates/expand-templates.js';

/** Calibration and metrics use the rows of the sources that annotate the head, not the weak negatives nor foreign annotation. */
export function isOwnSource(row: Row, head: Head): boolean {
  const { source } = row;
  if (source.startsWith('id_neutral') || (SOURCES.hoaxOnly as readonly string[]).includes(source)) return false;
  if (head === 'bullying' && (SOURCES.insult as readonly string[]).includes(source)) return false;
  // Templates are our own writing, and the attack head has no labelled posts; see placeAttack.
  return head !== 'attack' && source !== TEMPLATE_SOURCE && target(row, head) !== undefined;
}

/** Platt's calibration on its own sources' rows among `rows`, of every head that has such; `placeAttack` gives the rest. */
export function calibrateHeads(learned: Pick<Learned, 'logits'>, rows: readonly Row[]): Record<string, Calibration> {
  const logits = learned.logits(rows);
  return Object.fromEntries(
    HEADS.flatMap((head, h) => {
      const index = rows.flatMap((row, i) => (isOwnSource(row, head) ? [i] : []));
      if (index.length === 0) return [];
      const own = index.map((i) => logits[i * HEADS.length + h] ?? 0);
      const truth = index.map((i) => target(rows[i] as Row, head) as 0 | 1);
      return [[head, fitCalibration(own, truth)]];
    }),
  );
}

/** Scores of a category, or calibrated probabilities of another head. A category's heads without calibration do not speak. */
export function probabilities(
  learned: Pick<Learned, 'logits'>,
  calibration: Readonly<Record<string, Calibration>>,
  rows: readonly Row[],
  head: Head,
): number[] {
  const heads = (DECIDERS[head as Category] ?? [head]).filter((name) => calibration[name] !== undefined);
  const columns = heads.map((name) => HEADS.indexOf(name));
  const logits = learned.logits(rows);
  return rows.map((_, i) => {
    const all = columns.map((column, k) => {
      const { slope, offset } = calibration[heads[k] ?? head] ?? { slope: 1, offset: 0 };
      return 1 / (1 + Math.exp(-(slope * (logits[i * HEADS.length + column] ?? 0) + offset)));
    });
    return Math.max(...all);
  });
}
