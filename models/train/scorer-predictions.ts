import type { Category } from '@siaga/contracts';
import type { Scored, Scorer } from '../src/scorer.js';
import type { Predict } from './evaluate-model.js';
import type { Row } from './rows.js';

/** What a loaded model says of rows; each row is scored once, whatever the number of heads. */
export function scorerPredict(scorer: Scorer): Predict {
  const known = new Map<string, Scored>();
  return (rows: readonly Row[], head) => {
    const missing = rows.filter(({ id }) => !known.has(id));
    scorer.score(missing.map(({ text }) => text)).forEach((scored, i) => known.set(missing[i]?.id ?? '', scored));
    return rows.map(({ id }) => {
      const scored = known.get(id);
      return scored?.scores[head as Category] ?? scored?.labels?.[head] ?? 0;
    });
  };
}
