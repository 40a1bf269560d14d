import Type, { type Static } from 'typebox';
import { CategoryName, Id, Instant } from './fields.js';

/** What a person decided about a flag or a campaign: the value on `siaga.decisions`, keyed by its subject. */
export const Decision = Type.Object({
  schemaVersion: Type.Literal(1),
  decisionId: Id,
  subject: Type.Union([Type.Object({ flagId: Id }), Type.Object({ campaignId: Id })]),
  action: Type.Union([Type.Literal('confirm'), Type.Literal('dismiss'), Type.Literal('escalate')]),
  /** Of an audited post: what it is, which may be nothing. Its action is to confirm when it is something. */
  categories: Type.Optional(Type.Array(CategoryName, { maxItems: 3, uniqueItems: true })),
  reason: Type.Optional(Type.String({ maxLength: 2000 })),
  decidedBy: Type.String({ minLength: 1, maxLength: 200 }),
  decidedAt: Instant,
});
export type Decision = Static<typeof Decision>;
