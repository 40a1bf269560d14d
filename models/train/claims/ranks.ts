/** How well right answers rank. */
export interface RankFigures {
  readonly queries: number;
  readonly first: number;
  readonly firstTen: number;
  /** Mean reciprocal rank. */
  readonly reciprocal: number;
}

/** @param ranks of the right answer of each query, from 1; Infinity where it was not found */
export function rankFigures(ranks: readonly number[]): RankFigures {
  const share = (test: (rank: number) => boolean): number => ranks.filter(test).length / ranks.length;
  return {
    queries: ranks.length,
    first: share((rank) => rank === 1),
    firstTen: share((rank) => rank <= 10),
    reciprocal: ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length,
  };
}

/** Of the score at `right` among all; equal scores before it count as better. */
export function rankOf(scores: ArrayLike<number>, right: number): number {
  if (right < 0) return Infinity;
  const own = scores[right] as number;
  let rank = 1;
  for (let i = 0; i < scores.length; i++) {
    const other = scores[i] as number;
    if (other > own || (other === own && i < right)) rank++;
  }
  return rank;
}
