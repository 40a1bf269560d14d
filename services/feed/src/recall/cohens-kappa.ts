import type { AgreementTable } from '@siaga/storage';
import { wilsonInterval, type Interval } from './intervals.js';

/**
 * Agreement of two people beyond what chance would give (Cohen, "A coefficient of agreement for nominal scales",
 * Educational and Psychological Measurement 20, 1960). Its interval is that of the share on which they agree, with what
 * chance gives taken as known, as in Cohen's own standard error; but by Wilson's interval, so that full agreement on few
 * things is not taken for certainty.
 *
 * @returns null where it is not defined: nothing was judged, or both say the same of everything
 */
export function cohensKappa({ both, firstOnly, secondOnly, neither }: AgreementTable, alpha: number): Interval | null {
  const n = both + firstOnly + secondOnly + neither;
  if (n === 0) return null;
  const [first, second] = [(both + firstOnly) / n, (both + secondOnly) / n];
  const chance = first * second + (1 - first) * (1 - second);
  if (chance === 1) return null;
  const beyond = (agreement: number) => (agreement - chance) / (1 - chance);
  const { estimate, low, high } = wilsonInterval(both + neither, n, alpha);
  return { estimate: beyond(estimate), low: Math.max(-1, beyond(low)), high: Math.min(1, beyond(high)) };
}
