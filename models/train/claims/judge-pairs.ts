import type { ClaimHead } from '../../src/claims/claim-head.js';
import { probability } from '../../src/claims/claim-head.js';
import type { Judged } from '../metrics.js';
import { logitsOf, type CandidateGroup } from './candidate-groups.js';
import type { Neighbours } from './twins.js';

/** Wrong claims that each post is paired with. */
const WRONG = 5;

/** A post's candidates and the claim that it makes. */
export interface PostGroup {
  readonly claimId: string;
  readonly group: CandidateGroup;
}

/**
 * Pairs of each post with its claim and with others about the same people: the claims nearest to the right one that are not the same hoax.
 * A claim that was not among the candidates scores 0.
 */
export const pairsAboutTheSame = (posts: readonly PostGroup[], head: ClaimHead, near: Neighbours): Judged[] =>
  posts.flatMap(({ claimId, group }) => {
    const logits = logitsOf(head, group);
    const score = (id: string): number => {
      const at = group.claimIds.indexOf(id);
      return at < 0 ? 0 : probability(logits[at] as number);
    };
    return [
      { score: score(claimId), truth: 1 as const },
      ...near.aboutTheSame(claimId, WRONG).map((id) => ({ score: score(id), truth: 0 as const })),
    ];
  });

/** Pairs of each post with its claim and with the ten others that it resembles most, those of the same hoax too: the strictest reading. */
export const pairsFound = (posts: readonly PostGroup[], head: ClaimHead): Judged[] =>
  posts.flatMap(({ claimId, group }) => {
    const logits = logitsOf(head, group);
    const judged = group.claimIds.map((id, i): Judged => ({
      score: probability(logits[i] as number),
      truth: id === claimId ? 1 : 0,
    }));
    const wrong = judged.filter(({ truth }) => truth === 0).sort((a, b) => b.score - a.score);
    return [judged.find(({ truth }) => truth === 1) ?? { score: 0, truth: 1 }, ...wrong.slice(0, 10)];
  });

/** The lowest threshold with at least this precision, and so the most recall; 1 when there is none. */
export function thresholdFor(items: readonly Judged[], precision: number): number {
  const sorted = items.toSorted((a, b) => b.score - a.score);
  let [right, threshold] = [0, 1];
  sorted.forEach(({ score, truth }, i) => {
    right += truth;
    if (right / (i + 1) >= precision) threshold = score;
  });
  return threshold;
}
