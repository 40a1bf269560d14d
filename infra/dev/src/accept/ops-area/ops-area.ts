import type { Check } from '../check.js';
import { alertsComeAndGo } from './alerts-come-and-go.js';
import { chaos } from './chaos.js';
import { restore } from './restore.js';
import { rollingUpgrade } from './rolling-upgrade.js';
import { soak } from './soak.js';

/** "It must show" of the step for the one who is paged. */
export const opsArea: readonly Check[] = [
  { line: 1, run: chaos },
  { line: 2, run: soak },
  { line: 3, run: alertsComeAndGo },
  { line: 4, run: rollingUpgrade },
  { line: 5, run: restore },
];
