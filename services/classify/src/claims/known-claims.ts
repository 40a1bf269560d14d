import type { MatchedClaim } from '@siaga/contracts';

/** The debunked claims that posts are matched against. */
export interface KnownClaims {
  readonly size: number;
  /** Another one whenever a claim came, changed or went: what was matched before may match otherwise. */
  readonly generation: number;
  /** @returns the claims that a text makes, the likeliest first, with their probability; none for most texts */
  match(text: string, tokens: readonly string[]): readonly MatchedClaim[];
}

export const NO_CLAIMS: KnownClaims = { size: 0, generation: 0, match: () => [] };
