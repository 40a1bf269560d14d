import type { Check } from '../check.js';
import { keepsToItsDocument } from './keeps-to-its-document.js';

/** "It must show" of the step that makes the analysts' desk: a check a line, each in a file of its own beside this one. */
export const feedArea: readonly Check[] = [{ line: 3, run: keepsToItsDocument }];
