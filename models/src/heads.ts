import { CATEGORIES, type Category } from '@siaga/contracts';

/**
 * Sub-labels: what the annotation of the hate set lets a policy tell apart. `abusive`: coarse language, whoever it is aimed at.
 * The others describe hate and are scored as "hate, and ...": aimed at one person or a group; for religion, race, body, gender or
 * something else; moderate or strong (incitement) rather than weak.
 */
export const SUB_LABELS = [
  'abusive',
  'individual',
  'group',
  'religion',
  'race',
  'physical',
  'gender',
  'other',
  'moderate',
  'strong',
] as const;
export type SubLabel = (typeof SUB_LABELS)[number];

export type Head = Category | SubLabel;

/** Output columns of a model, in order: the categories first. */
export const HEADS: readonly Head[] = [...CATEGORIES, ...SUB_LABELS];
