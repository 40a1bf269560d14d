import type { Check } from '../check.js';
import { matching, retrieval } from './matching.js';
import { cost } from './cost.js';
import { debunked } from './debunked.js';
import { liveClaims } from './live-claims.js';

/** "It must show" of the known hoaxes. The cost is measured on the machine as it is: leave it alone meanwhile. */
export const claimsArea: readonly Check[] = [
  { line: 1, run: retrieval },
  { line: 2, run: matching },
  { line: 3, run: async (workspace) => [...(await cost(workspace)), ...(await liveClaims(workspace))] },
  { line: 4, run: debunked },
];
