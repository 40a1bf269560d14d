import type { Check } from '../check.js';
import { bench, soak } from './bench.js';
import { replay } from './replay.js';
import { tests } from '../tests.js';

/** "It must show" of the classify fleet. The first three are measured on the machine as it is: leave it alone meanwhile. */
export const classifyArea: readonly Check[] = [
  { line: 1, run: bench },
  { line: 2, run: soak },
  { line: 4, run: tests({ 'classify/src/chaos': 'faults under 100,000 posts: every post has its verdict' }) },
  { line: 5, run: tests({ 'live-models': 'hot swap, and a broken artefact refused, on the live path' }) },
  { line: 5, run: replay },
  {
    line: 6,
    run: tests({ hostile: '200,000 hostile messages, each accounted for' }, { SIAGA_HOSTILE_MESSAGES: '200000' }),
  },
];
