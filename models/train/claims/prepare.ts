import { normalisedTokens } from '@siaga/text';
import { OPEN_GATE } from '../../src/claims/candidates.js';
import { createClaimIndex, type ClaimIndex } from '../../src/claims/claim-index.js';
import type { WordWeights } from '../../src/claims/word-weights.js';
import { readRows, SOURCES } from '../rows.js';
import { candidatesOf, firstOf, type CandidateGroup } from './candidate-groups.js';
import { countWords } from './count-words.js';
import type { Example } from './learn-claims.js';
import type { Pair, PairData } from './read-pairs.js';

/** Of the everyday texts, one in so many also teaches what a post without a claim looks like, with its first candidates. */
const NONE = { oneIn: 8, most: 5 };

export interface Prepared {
  readonly weights: WordWeights;
  readonly index: ClaimIndex;
  /** Posts that make no claim of the bank. */
  readonly none: readonly CandidateGroup[];
}

/** Counts words on claims and everyday texts of the train split, and puts the claims into an index. */
export function prepare(dataDir: string, { bank }: PairData): Prepared {
  const everyday = readRows(dataDir, [...SOURCES.neutral, ...SOURCES.hoax]).filter(({ split }) => split === 'train');
  const weights = countWords(
    [...bank.values()],
    everyday.map(({ text }) => text),
  );
  const index = indexOf(bank, weights);
  const none = everyday
    .filter((_, i) => i % NONE.oneIn === 0)
    .map(({ text }) => firstOf(candidatesOf(index, { text, tokens: normalisedTokens(text) }, undefined), NONE.most))
    .filter(({ claimIds }) => claimIds.length > 0);
  return { weights, index, none };
}

export function indexOf(bank: ReadonlyMap<string, string>, weights: WordWeights): ClaimIndex {
  const index = createClaimIndex(weights, OPEN_GATE);
  for (const [id, text] of bank) index.add(id, text);
  return index;
}

export const examplesOf = (index: ClaimIndex, pairs: readonly Pair[]): Example[] =>
  pairs.map((pair) => ({
    claimId: pair.claimId,
    fold: pair.group,
    group: candidatesOf(index, pair, pair.claimId),
  }));
