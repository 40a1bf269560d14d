import type { Check } from '../check.js';
import { tests } from '../tests.js';

/** "It must show" of the step that makes notices; each line runs tests, at full size where they have one. */
export const notifyArea: readonly Check[] = [
  { line: 1, run: tests({ revisions: 'one notice a platform for a campaign; later copies arrive as one revision' }) },
  { line: 4, run: tests({ deadlines: 'reminders, breach, pause and resume, each once' }) },
  { line: 5, run: tests({ answers: 'altered, stale and foreign answers are refused, valid ones idempotent' }) },
  { line: 6, run: tests({ evidence: 'a changed byte of the log is found, with the number of its row' }) },
];
