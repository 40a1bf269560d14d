import { pairLogit, type ClaimHead } from '../../src/claims/claim-head.js';
import type { ClaimIndex } from '../../src/claims/claim-index.js';
import { PAIR_FEATURES } from '../../src/claims/pair-features.js';
import type { Post } from '../../src/claims/read-post.js';
import type { Group } from './fit-pairs.js';
import type { Neighbours } from './twins.js';

const F = PAIR_FEATURES.length;

/** A post, the claims that were found for it, and their features. */
export interface CandidateGroup extends Group {
  readonly claimIds: readonly string[];
}

/**
 * @param right id of the claim that the post makes, undefined when it makes none
 */
export function candidatesOf(index: ClaimIndex, post: Post, right: string | undefined): CandidateGroup {
  const found = index.search(post);
  const claimIds = found?.claims.map(({ claimId }) => claimId) ?? [];
  return {
    claimIds,
    features: found?.features ?? new Float32Array(0),
    right: right === undefined ? -1 : claimIds.indexOf(right),
  };
}

/** Without the twins of the right claim, which are no wrong answers, and at most so many wrong ones. */
export function withoutTwins(
  group: CandidateGroup,
  right: string,
  { twins }: Neighbours,
  wrong: number,
): CandidateGroup {
  let left = wrong;
  const keep = group.claimIds.flatMap((id, i) => (id === right || (!twins(right, id) && left-- > 0) ? [i] : []));
  const features = new Float32Array(keep.length * F);
  keep.forEach((i, row) => features.set(group.features.subarray(i * F, (i + 1) * F), row * F));
  const claimIds = keep.map((i) => group.claimIds[i] as string);
  return { claimIds, features, right: claimIds.indexOf(right) };
}

/** Logit of each candidate. */
export const logitsOf = (head: ClaimHead, { claimIds, features }: CandidateGroup): Float64Array =>
  Float64Array.from(claimIds, (_, i) => pairLogit(head, features, i * F));

/** The first so many candidates of a post that makes no claim. */
export const firstOf = ({ claimIds, features }: CandidateGroup, most: number): CandidateGroup => ({
  claimIds: claimIds.slice(0, most),
  features: features.slice(0, most * F),
  right: -1,
});
