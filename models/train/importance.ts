import { HEADS } from '../src/heads.js';
import { SOURCES, type Row } from './rows.js';
import { target } from './targets.js';

const NEUTRAL = new Set<string>(SOURCES.neutral);

/** How much one row of a source counts beside a labelled row of the head's own source. */
export interface SourceWeights {
  readonly neutral: number;
  /** Insults under celebrities' posts, for bullying. */
  readonly insult: number;
  /** Posts that are all hoaxes: they teach what hoaxes look like, and nothing of what is not one. */
  readonly hoaxOnly: number;
}

export const SOURCE_WEIGHTS: SourceWeights = { neutral: 0.3, insult: 0.5, hoaxOnly: 0.5 };

/** Targets and importance of all rows, row-major [rows, heads]. Rows outside the training split get importance 0. */
export function teach(rows: readonly Row[], weights: SourceWeights = SOURCE_WEIGHTS) {
  const targets = new Float32Array(rows.length * HEADS.length);
  const importance = new Float32Array(rows.length * HEADS.length);
  rows.forEach((row, i) => {
    if (row.split !== 'train') return;
    const weight = weightOf(row, weights);
    HEADS.forEach((head, h) => {
      const y = target(row, head);
      if (y === undefined) return;
      targets[i * HEADS.length + h] = y;
      importance[i * HEADS.length + h] = weight;
    });
  });
  return { targets, importance };
}

function weightOf({ source }: Row, weights: SourceWeights): number {
  if (NEUTRAL.has(source)) return weights.neutral;
  if ((SOURCES.insult as readonly string[]).includes(source)) return weights.insult;
  if ((SOURCES.hoaxOnly as readonly string[]).includes(source)) return weights.hoaxOnly;
  return 1;
}
