import type { Check } from '../check.js';
import { tests } from '../tests.js';
import { reportToOzone } from './report-to-ozone.js';

/** "It must show" of the step that makes notices; each line runs tests, at full size where they have one. */
export const notifyArea: readonly Check[] = [
  { line: 1, run: tests({ revisions: 'one notice a platform for a campaign; later copies arrive as one revision' }) },
  { line: 2, run: reportToOzone },
  {
    line: 3,
    run: tests(
      { 'notify/src/chaos': '2,000 notices, 30% failures, 20 kill -9, PostgreSQL down 3 times: each revision once' },
      { SIAGA_CHAOS_NOTICES: '2000', SIAGA_CHAOS_KILLS: '20', SIAGA_CHAOS_RESTARTS: '3' },
    ),
  },
  { line: 4, run: tests({ deadlines: 'reminders, breach, pause and resume, each once' }) },
  { line: 5, run: tests({ answers: 'altered, stale and foreign answers are refused, valid ones idempotent' }) },
  { line: 6, run: tests({ evidence: 'a changed byte of the log is found, with the number of its row' }) },
  {
    line: 7,
    run: tests(
      { 'notify/src/backlog': '10,000 of a backlog of 100,000 notices to a local webhook, in order, memory flat' },
      { SIAGA_BACKLOG: '100000', SIAGA_BACKLOG_DELIVERED: '10000' },
    ),
  },
];
