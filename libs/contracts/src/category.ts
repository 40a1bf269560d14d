/** What Siaga looks for. The order is the order of the models' output columns. */
export const CATEGORIES = ['hoax', 'hate', 'bullying'] as const;
export type Category = (typeof CATEGORIES)[number];

/** One value for each category. */
export const perCategory = <T>(make: (category: Category, column: number) => T): Record<Category, T> =>
  Object.fromEntries(CATEGORIES.map((category, column) => [category, make(category, column)])) as Record<Category, T>;
