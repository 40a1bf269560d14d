import { HEADS, type Head } from '../src/heads.js';
import { SOURCES, type Row } from './rows.js';
import { target } from './targets.js';
import { TEMPLATE_SOURCE } from './templates/expand-templates.js';
import { MENTION_SOURCE } from './templates/put-mentions.js';

const NEUTRAL = new Set<string>(SOURCES.neutral);

/**
 * How much one row of a source counts for a head beside a labelled row of the head's own source. Chosen by cross-validation,
 * docs/adr/0003.
 */
export interface SourceWeights {
  /** The attack head's only rows of real posts, so that it stays out of quarrels that are no attack. */
  readonly tweetsWithoutAttack: number;
  /** Weak negatives; lower for heads whose few rows they would drown. */
  readonly neutral: number;
  readonly neutralFor: Readonly<Partial<Record<Head, number>>>;
  /** Insults under celebrities' posts, for bullying. */
  readonly insult: number;
  /** Posts that are all hoaxes: they teach what hoaxes look like, and nothing of what is not one. */
  readonly hoaxOnly: number;
  /** Sentence templates. */
  readonly templates: number;
  readonly templatesFor: Readonly<Partial<Record<Head, number>>>;
  /** Neutral posts with a group put into them, for the attack head. */
  readonly mentions: number;
}

export const SOURCE_WEIGHTS: SourceWeights = {
  tweetsWithoutAttack: 2,
  neutral: 0.05,
  neutralFor: { bullying: 0.02, hoax: 0.02, attack: 0.3 },
  insult: 0.4,
  hoaxOnly: 0.3,
  templates: 0.05,
  templatesFor: { attack: 2 },
  mentions: 1,
};

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
  if (NEUTRAL.has(source)) return weights.neutralFor[head] ?? weights.neutral;
  if ((SOURCES.insult as readonly string[]).includes(source)) return weights.insult;
  if ((SOURCES.hoaxOnly as readonly string[]).includes(source)) return weights.hoaxOnly;
  if (source === TEMPLATE_SOURCE) return weights.templatesFor[head] ?? weights.templates;
  if (source === MENTION_SOURCE) return weights.mentions;
  return head === 'attack' ? weights.tweetsWithoutAttack : 1;
}
