/** What Siaga looks for. The order is the order of the models' output columns. */
export const CATEGORIES = ['hoax', 'hate', 'bullying'] as const;
export type Category = (typeof CATEGORIES)[number];
