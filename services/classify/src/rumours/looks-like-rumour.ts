import { rumourMarks } from '@siaga/text';

/** Shorter texts assert nothing that could be checked. */
const FEWEST_WORDS = 6;
/** Of the flag threshold: from here on style alone makes a post worth watching for copies. */
const WATCHED = 0.85;
const MARKS = 2;

/**
 * Whether a text is worth watching for copies before anybody has checked it: it may be wrong far more often than an alert may,
 * for nothing is shown of it until several people post the same (ADR 30). Whether it passes something on or denies it is read by who watches.
 *
 * @param style the text model's calibrated probability of a hoax
 */
export const looksLikeRumour = (
  tokens: readonly string[],
  { style, flagThreshold }: { readonly style: number; readonly flagThreshold: number },
): boolean => tokens.length >= FEWEST_WORDS && (style >= WATCHED * flagThreshold || rumourMarks(tokens) >= MARKS);
