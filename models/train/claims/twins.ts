import { normalisedTokens, stemsOf } from '@siaga/text';
import { weightOf, type WordWeights } from '../../src/claims/word-weights.js';

/** Claims with at least this Jaccard similarity of their stems are one hoax that two checkers wrote about. */
const TWINS = 0.4;

export interface Neighbours {
  /** Whether two claims are the same hoax: the other is then neither right nor wrong. */
  twins(a: string, b: string): boolean;
  /** The claims that share the weightiest stems with one, names above all, and are not the same hoax. */
  aboutTheSame(claimId: string, most: number): string[];
}

export function createNeighbours(bank: ReadonlyMap<string, string>, weights: WordWeights): Neighbours {
  const stems = new Map([...bank].map(([id, text]) => [id, new Set(stemsOf(normalisedTokens(text)))]));
  const of = (id: string): ReadonlySet<string> => stems.get(id) ?? new Set();
  const holders = new Map<string, string[]>();
  for (const [id, own] of stems)
    for (const stem of own) {
      const list = holders.get(stem);
      if (list === undefined) holders.set(stem, [id]);
      else list.push(id);
    }
  const twins = (a: string, b: string): boolean => {
    const shared = [...of(a)].filter((stem) => of(b).has(stem)).length;
    return shared / Math.max(1, of(a).size + of(b).size - shared) >= TWINS;
  };
  return {
    twins,
    aboutTheSame(claimId, most) {
      const shared = new Map<string, number>();
      for (const stem of of(claimId))
        for (const other of holders.get(stem) ?? [])
          shared.set(other, (shared.get(other) ?? 0) + weightOf(weights, stem));
      return [...shared]
        .filter(([other]) => other !== claimId && !twins(claimId, other))
        .sort((a, b) => b[1] - a[1])
        .slice(0, most)
        .map(([other]) => other);
    },
  };
}
