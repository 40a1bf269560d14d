import { HEADS, type Head } from '../src/heads.js';
import { SOURCES, type Row } from './rows.js';
import { target } from './targets.js';
import { TEMPLATE_SOURCE } from './templates/expand-templates.js';

const NEUTRAL = new Set<string>(SOURCES.neutral);

/** How much one row of a source counts beside a labelled row of the head's own source. Chosen by cross-validation, docs/adr/0003. */
export interface SourceWeights {
  /** Weak negatives; lower where a head has few rows of its own, which they would drown. */
  readonly neutral: number;
  readonly neutralOfSmallHeads: number;
  /** Insults under celebrities' posts, for bullying. */
  readonly insult: number;
  /** Posts that are all hoaxes: they teach what hoaxes look like, and nothing of what is not one. */
  readonly hoaxOnly: number;
  /** Sentence templates. */
  readonly templates: number;
}

export const SOURCE_WEIGHTS: SourceWeights = {
  neutral: 0.05,
  neutralOfSmallHeads: 0.02,
  insult: 0.4,
  hoaxOnly: 0.3,
  templates: 0.05,
};
const SMALL_HEADS: ReadonlySet<Head> = new Set(['hoax', 'bullying']);

/** Targets and importance of all rows, row-major [rows, heads]. Rows outside the training split get importance 0. */
export function teach(rows: readonly Row[], weights: SourceWeights = SOURCE_WEIGHTS) {
  const targets = new Float32Array(rows.length * HEADS.length);
  const importance = new Float32Array(rows.length * HEADS.length);
  rows.forEach((row, i) => {
    if (row.split !== 'train') return;
    HEADS.forEach((head, h) => {
      const y = target(row, head);
      if (y === undefined) return;
      targets[i * HEADS.length + h] = y;
      importance[i * HEADS.length + h] = weightOf(row, head, weights);
    });
  });
  return { targets, importance };
}

function weightOf({ source }: Row, head: Head, weights: SourceWeights): number {
  if (NEUTRAL.has(source)) return SMALL_HEADS.has(head) ? weights.neutralOfSmallHeads : weights.neutral;
  if ((SOURCES.insult as readonly string[]).includes(source)) return weights.insult;
  if ((SOURCES.hoaxOnly as readonly string[]).includes(source)) return weights.hoaxOnly;
  if (source === TEMPLATE_SOURCE) return weights.templates;
  return 1;
}
