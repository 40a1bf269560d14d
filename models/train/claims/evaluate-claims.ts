import { OPEN_GATE } from '../../src/claims/candidates.js';
import { createClaimIndex } from '../../src/claims/claim-index.js';
import type { ClaimMatcher } from '../../src/claims/load-claim-matcher.js';
import { calibrationError, confusion, type Confusion } from '../metrics.js';
import { logitsOf } from './candidate-groups.js';
import { createBm25 } from './bm25.js';
import { pairsAboutTheSame, pairsFound } from './judge-pairs.js';
import { examplesOf } from './prepare.js';
import { rankFigures, rankOf, type RankFigures } from './ranks.js';
import { plainWords, QUOTED, readPairs, type Pair } from './read-pairs.js';
import { createNeighbours } from './twins.js';

/** Retrieval of one set of posts, by us and by BM25 in the same run. */
export interface RetrievalReport {
  readonly name: string;
  readonly ours: RankFigures;
  readonly bm25: RankFigures;
}

export interface ClaimReport {
  readonly claims: number;
  readonly retrieval: readonly RetrievalReport[];
  /** "Matches claim X" at the shipped threshold: beside claims about the same people, and beside whatever was found first. */
  readonly matches: Confusion;
  readonly matchesStrictly: Confusion;
  readonly calibrationError: number;
}

/** What the matcher makes of a split of the pairs. */
export function evaluateClaims(dataDir: string, matcher: ClaimMatcher, split: Pair['split']): ClaimReport {
  const { bank, pairs: all } = readPairs(dataDir);
  const pairs = all.filter((pair) => pair.split === split);
  const index = createClaimIndex(matcher.words, OPEN_GATE);
  for (const [id, text] of bank) index.add(id, text);
  const examples = examplesOf(index, pairs);
  const ours = examples.map(({ group }) => rankOf(logitsOf(matcher.head, group), group.right));
  const ids = [...bank.keys()];
  const bm25 = createBm25([...bank.values()].map(plainWords));
  const theirs = pairs.map(({ text, claimId }) => rankOf(bm25(plainWords(text)), ids.indexOf(claimId)));
  const report = (name: string, test: (pair: Pair) => boolean): RetrievalReport => {
    const of = (ranks: readonly number[]) => rankFigures(ranks.filter((_, i) => test(pairs[i] as Pair)));
    return { name, ours: of(ours), bm25: of(theirs) };
  };
  const near = createNeighbours(bank, matcher.words);
  const found = pairsFound(examples, matcher.head);
  return {
    claims: bank.size,
    retrieval: [report('all pairs', () => true), report('title not quoted', ({ quoted }) => quoted < QUOTED)],
    matches: confusion(pairsAboutTheSame(examples, matcher.head, near), matcher.threshold),
    matchesStrictly: confusion(found, matcher.threshold),
    calibrationError: calibrationError(found),
  };
}
