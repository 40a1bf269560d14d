import { REVIEW_STATES } from '@siaga/contracts';
import type { RecordedReview } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { Instant, Nullable } from './fields.js';

/** What people have decided about a flag or a campaign, as the API, the stream and the console show it. */
export const Review = Type.Object({
  state: Type.Enum([...REVIEW_STATES], { description: 'disputed: two reviewers differ, and a lead settles it' }),
  seq: Nullable(
    Type.Integer({
      description: 'of the decision that governs it, its own or else its campaign\'s: send it back as "seen"',
    }),
  ),
  decisionId: Nullable(Type.String()),
  by: Nullable(Type.String({ description: 'name of the account' })),
  at: Nullable(Instant),
  reason: Nullable(Type.String()),
  assignee: Nullable(Type.String({ description: 'name of the account' })),
  comments: Type.Integer(),
  secondReview: Nullable(
    Type.Object(
      {
        wanted: Type.Literal(true),
        mineIsFirst: Type.Optional(
          Type.Boolean({ description: 'the first word is yours: somebody else gives the second' }),
        ),
      },
      { description: 'one person has given their word, which nobody sees before a second has given theirs' },
    ),
  ),
});
export type Review = Static<typeof Review>;

/** @param viewer name of the account that looks; somebody unknown where it is not given */
export function reviewItem(review: RecordedReview, viewer?: string): Review {
  const { state, seq, assignee, comments, heldBy } = review;
  const isDisputed = state === 'disputed';
  return {
    ...{ state, seq, assignee, comments },
    decisionId: isDisputed ? null : review.decisionId,
    by: isDisputed ? null : review.by,
    at: review.at === null ? null : new Date(review.at).toISOString(),
    reason: isDisputed ? null : review.reason,
    secondReview: heldBy === null ? null : { wanted: true, ...(heldBy === viewer && { mineIsFirst: true }) },
  };
}

/** The stream's `decision`: people have decided about a flag or a campaign, which stands like this now. */
export interface DecisionEvent {
  readonly flagId: string | null;
  readonly campaignId: string | null;
  readonly review: Review;
  /** The campaign that flags went to, by a merge or a split, or left again, by the undo of one. */
  readonly into: string | null;
}
