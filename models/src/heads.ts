import { CATEGORIES, type Category } from '@siaga/contracts';

/**
 * Sub-labels: what the annotation of the hate set lets a policy tell apart. `abusive`: coarse language, whoever it is aimed at.
 * The others describe hate and are scored as "hate, and ...": aimed at one person or a group; for religion, race, body, gender or
 * something else; moderate or strong (incitement) rather than weak. `attack`: an attack on a group whatever its words, which the
 * annotators' tweets cannot teach; see DECIDERS.
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
  'attack',
] as const;
export type SubLabel = (typeof SUB_LABELS)[number];

export type Head = Category | SubLabel;

/**
 * The heads that speak for a category: its score is the highest of their probabilities, so that one need not give way to another. Hate is
 * what annotators called so, largely insult in rough words, or an attack on a group, often without one.
 */
export const DECIDERS: Readonly<Record<Category, readonly Head[]>> = {
  hoax: ['hoax'],
  hate: ['hate', 'attack'],
  bullying: ['bullying'],
};

/** Output columns of a model, in order: the categories first. */
export const HEADS: readonly Head[] = [...CATEGORIES, ...SUB_LABELS];
