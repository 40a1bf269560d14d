import Type, { type Static } from 'typebox';
import { Id, Instant, Probability, Url } from './fields.js';

/** A claim that someone has checked: the value on `siaga.claims` (compacted), keyed by claim id. */
export const Claim = Type.Object({
  schemaVersion: Type.Literal(1),
  claimId: Id,
  text: Type.String({ minLength: 1, maxLength: 4000 }),
  /** The checker's own words, such as "salah" or "menyesatkan". */
  verdict: Type.String({ minLength: 1, maxLength: 200 }),
  url: Url,
  publisher: Type.String({ minLength: 1, maxLength: 200 }),
  language: Type.Optional(Type.String({ maxLength: 35 })),
  publishedAt: Instant,
  /** Pictures and videos that the claim goes with, as its checker names them. */
  media: Type.Optional(
    Type.Array(Type.Object({ kind: Type.Enum(['image', 'video', 'audio']), url: Url }), { maxItems: 10 }),
  ),
});
export type Claim = Static<typeof Claim>;
/** Pictures, videos and recordings that go with a claim. */
export type ClaimMedia = NonNullable<Claim['media']>;

/** A claim that a flagged post repeats and that its checker found to be false or misleading; others do not travel. */
export const MatchedClaim = Type.Object({
  ...Type.Pick(Claim, ['claimId', 'text', 'verdict', 'url', 'publisher']).properties,
  /** That the post makes this claim, calibrated. */
  probability: Type.Optional(Probability),
  /** Where it makes it: runs of the post's words, normalised. */
  spans: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 5 })),
});
export type MatchedClaim = Static<typeof MatchedClaim>;
