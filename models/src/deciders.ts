import { CATEGORIES, type Category } from '@siaga/contracts';
import { DECIDERS, type Head } from './heads.js';

/** Columns of the heads that speak for each category, in a model with these heads. A model may lack all but the category's own. */
export const decidingColumns = (heads: readonly Head[]): Record<Category, readonly number[]> => {
  const columns = {} as Record<Category, readonly number[]>;
  for (const category of CATEGORIES) {
    columns[category] = DECIDERS[category].map((head) => heads.indexOf(head)).filter((column) => column >= 0);
  }
  return columns;
};

/** The column among `columns` with the highest of the probabilities that start at `at`. */
export function decider(columns: readonly number[], probabilities: ArrayLike<number>, at = 0): number {
  let best = columns[0] ?? 0;
  for (const column of columns) if ((probabilities[at + column] ?? 0) > (probabilities[at + best] ?? 0)) best = column;
  return best;
}
