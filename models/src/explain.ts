import type { FeatureExtractor } from '@siaga/text';
import type { Weight } from './scorer.js';
import type { WeightTable } from './weight-table.js';

/**
 * What each distinct token of a normalised text adds to the calibrated logit of one head. A feature that spans two tokens gives half to
 * each. The sum over all tokens, the bias and the calibration's offset is the logit: nothing is approximated.
 * Strongest first, whatever the sign; at most `limit`.
 */
export function explainText(
  extractor: FeatureExtractor,
  table: WeightTable,
  head: number,
  slope: number,
  normalised: string,
  limit: number,
): Weight[] {
  const { tokens, features } = extractor.trace(normalised);
  const squared = { words: 0, characters: 0 };
  for (const { id, group } of features) squared[group] += (table.idf[id] ?? 0) ** 2;
  const weights = new Map<string, number>();
  for (const { id, group, first, last } of features) {
    const idf = table.idf[id] ?? 0;
    const value = (slope * idf * (table.weights[id * table.heads + head] ?? 0)) / Math.sqrt(squared[group] || 1);
    for (let i = first; i <= last; i++) {
      const token = tokens[i] ?? '';
      weights.set(token, (weights.get(token) ?? 0) + value / (last - first + 1));
    }
  }
  return [...weights]
    .map(([token, weight]) => ({ token, weight }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, limit);
}
