import type { Check } from '../check.js';
import { chaos } from './chaos.js';
import { soak } from './soak.js';

/** "It must show" of the step for the one who is paged. */
export const opsArea: readonly Check[] = [
  { line: 1, run: chaos },
  { line: 2, run: soak },
];
