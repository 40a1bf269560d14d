import type { FeatureExtractor } from '@siaga/text';
import type { WeightTable } from './weight-table.js';

/**
 * The share of a text's words that fall into a bucket which at most one training text filled: words that the model knows next to
 * nothing of. Hashing hides most unknown words in buckets that others filled, so this is a fixed part (about the share of such
 * buckets) of the out-of-vocabulary share: it compares texts read by one model, not models.
 *
 * @returns what tells the share of a normalised text, 0 for one without words
 */
export function unknownShares(extractor: FeatureExtractor, { idf }: WeightTable): (normalised: string) => number {
  const rarest = idf.reduce((max, x) => Math.max(max, x), 0);
  return (normalised) => {
    const words = extractor
      .trace(normalised)
      .features.filter(({ group, first, last }) => group === 'words' && first === last);
    const unknown = words.filter(({ id }) => idf[id] === 0 || idf[id] === rarest);
    return words.length === 0 ? 0 : unknown.length / words.length;
  };
}
