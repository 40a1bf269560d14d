import type { Check } from '../check.js';
import { tests } from '../tests.js';
import { keepsToItsDocument } from './keeps-to-its-document.js';
import { manyFlags } from './many-flags.js';
import { manySubscribers } from './many-subscribers.js';

/** "It must show" of the step that makes the analysts' desk: a check a line, each in a file of its own beside this one. */
export const feedArea: readonly Check[] = [
  {
    line: 1,
    run: tests({
      'console/desk': 'a day at the desk in Chromium: live, by keyboard, with a second analyst, axe clean',
    }),
  },
  {
    line: 2,
    run: tests({
      'feed/src/(formats|console)/hostile':
        'hostile posts in the console, CSV, Atom, JSON Feed, digests and texts to forward',
      'notify/src/channels/email/letter': 'the same in notices by mail',
    }),
  },
  { line: 3, run: keepsToItsDocument },
  { line: 4, run: manySubscribers },
  { line: 5, run: manyFlags },
  {
    line: 6,
    run: tests(
      { 'console/figures': 'first paint, under 150 KiB of script, 10,000 live items' },
      { SIAGA_LIVE_ITEMS: '10000' },
    ),
  },
];
