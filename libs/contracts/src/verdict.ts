import Type, { type Static } from 'typebox';
import { Id, Instant, ModelRef, Probability, Scores, Sha256 } from './fields.js';

/**
 * What became of a post: the value on `siaga.verdicts`, keyed by post id. Every post ends in exactly one of a
 * scored verdict, a dropped verdict with its reason, or a dead letter; that is what the ledger counts.
 */
export const Verdict = Type.Object({
  schemaVersion: Type.Literal(1),
  id: Id,
  outcome: Type.Union([Type.Literal('scored'), Type.Literal('dropped')]),
  /** Why it was dropped. */
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** Calibrated probabilities. */
  scores: Type.Optional(Scores),
  /** Calibrated probabilities of sub-labels, such as `abusive`. */
  labels: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Probability)),
  model: ModelRef,
  backend: Type.Union([Type.Literal('native'), Type.Literal('wasm')]),
  /** Of the text as received, UTF-8. */
  textSha256: Sha256,
  /** Of a model that is only tried out beside the active one: it decides nothing and counts for nothing. */
  shadow: Type.Optional(Type.Literal(true)),
  seenAt: Instant,
  scoredAt: Instant,
});
export type Verdict = Static<typeof Verdict>;
