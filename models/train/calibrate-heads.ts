import { HEADS, type Head } from '../src/heads.js';
import type { Calibration } from '../src/manifest.js';
import { fitCalibration } from './calibrate.js';
import type { Learned } from './learn.js';
import { SOURCES, type Row } from './rows.js';
import { target } from './targets.js';

/** Calibration and metrics use the rows of the sources that annotate the head, not the weak negatives nor foreign annotation. */
export function isOwnSource(row: Row, head: Head): boolean {
  const { source } = row;
  if (source.startsWith('id_neutral') || (SOURCES.hoaxOnly as readonly string[]).includes(source)) return false;
  if (head === 'bullying' && (SOURCES.insult as readonly string[]).includes(source)) return false;
  return target(row, head) !== undefined;
}

/** Platt's calibration of every head on its own sources' rows among `rows`. */
export function calibrateHeads(learned: Pick<Learned, 'logits'>, rows: readonly Row[]): Record<string, Calibration> {
  const logits = learned.logits(rows);
  return Object.fromEntries(
    HEADS.map((head, h) => {
      const index = rows.flatMap((row, i) => (isOwnSource(row, head) ? [i] : []));
      const own = index.map((i) => logits[i * HEADS.length + h] ?? 0);
      return [
        head,
        fitCalibration(
          own,
          index.map((i) => target(rows[i] as Row, head) as 0 | 1),
        ),
      ];
    }),
  );
}

/** Calibrated probabilities of one head. */
export function probabilities(
  learned: Pick<Learned, 'logits'>,
  calibration: Readonly<Record<string, Calibration>>,
  rows: readonly Row[],
  head: Head,
): number[] {
  const h = HEADS.indexOf(head);
  const { slope, offset } = calibration[head] ?? { slope: 1, offset: 0 };
  const logits = learned.logits(rows);
  return rows.map((_, i) => 1 / (1 + Math.exp(-(slope * (logits[i * HEADS.length + h] ?? 0) + offset))));
}
