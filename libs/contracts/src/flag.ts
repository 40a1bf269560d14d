import Type, { type Static } from 'typebox';
import { MatchedClaim } from './claim.js';
import { CategoryName, Id, Instant, ModelRef, Probability, Scores, Sha256 } from './fields.js';
import { Post } from './post.js';

/** Why a post was flagged, for the analyst's eye: a token of the normalised text and its pull on the logit. */
export const Reason = Type.Object({
  kind: Type.Literal('token'),
  token: Type.String({ minLength: 1, maxLength: 200 }),
  weight: Type.Number(),
});
export type Reason = Static<typeof Reason>;

/**
 * A post whose score reached a threshold: one value on `siaga.flags` per post and category, keyed by post id. With
 * `audit` it is the opposite, a post below every threshold that was picked for people to look at, once per post.
 */
export const Flag = Type.Object({
  schemaVersion: Type.Literal(1),
  /** `<post id>#<category>`, `<post id>#audit` or `<post id>#canary`; of an edited post with `@<editedAt>` after it */
  flagId: Id,
  post: Post,
  category: CategoryName,
  score: Probability,
  threshold: Probability,
  /** The score from which policy may send a notice without a human. */
  escalateThreshold: Probability,
  scores: Scores,
  labels: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Probability)),
  model: ModelRef,
  reasons: Type.Array(Reason, { maxItems: 20 }),
  /** What fact-checkers have debunked and the post repeats, the closest first. */
  claims: Type.Optional(Type.Array(MatchedClaim, { maxItems: 5 })),
  textSha256: Sha256,
  flaggedAt: Instant,
  /** Picked at random, `share` being the chance it had. Nobody is alerted and nothing is reported because of it. */
  audit: Type.Optional(Type.Object({ share: Type.Number({ exclusiveMinimum: 0, maximum: 1 }) })),
});
export type Flag = Static<typeof Flag>;
