import type { Check } from '../check.js';
import { ci } from './ci.js';
import { cleanClone } from './clean-clone.js';
import { crashes } from './crashes.js';
import { flagsApi } from './flags-api.js';
import { hostilePosts } from './hostile-posts.js';
import { readme } from './readme.js';

/** "It must show" of the step that builds the main flow, end to end, on one machine. */
export const mainArea: readonly Check[] = [
  { line: 1, run: cleanClone },
  { line: 2, run: ci },
  { line: 3, run: crashes },
  { line: 4, run: hostilePosts },
  { line: 5, run: flagsApi },
  { line: 6, run: readme },
];
