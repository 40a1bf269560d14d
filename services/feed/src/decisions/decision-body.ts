import Type, { type Static } from 'typebox';
import { CategoryName } from '../fields.js';

// PostgreSQL's text cannot hold U+0000.
const Line = { pattern: '^[^\\u0000]*$' };
const Id = Type.String({ minLength: 1, maxLength: 512, pattern: '^[\\x21-\\x7e\\u00a1-\\uffff]+$' });
const CampaignId = Type.String({ format: 'uuid' });
/** Null comes first, for whatever else comes first would be made of it: of null 0, of null ''. */
const NullOr = <T extends Type.TSchema>(schema: T) => Type.Union([Type.Null(), schema]);
const strict = { additionalProperties: false };

/** What a person decides about a flag or a campaign. */
export const DecisionBody = Type.Object(
  {
    decisionId: Type.Optional(
      Type.String({ ...Id, description: 'chosen by the caller, so that a repeat of the request changes nothing' }),
    ),
    subject: Type.Union([Type.Object({ flagId: Id }, strict), Type.Object({ campaignId: CampaignId }, strict)]),
    action: Type.Enum(['confirm', 'dismiss', 'escalate', 'assign', 'comment', 'undo']),
    categories: Type.Optional(
      Type.Array(CategoryName, {
        maxItems: 3,
        uniqueItems: true,
        description: 'of an audited post, and only of it: what it is, which may be nothing',
      }),
    ),
    reason: Type.Optional(
      Type.String({ maxLength: 2000, ...Line, description: 'why it is dismissed, or the text of a comment' }),
    ),
    assignee: Type.Optional(
      NullOr(Type.String({ minLength: 1, maxLength: 200, ...Line, description: 'name of an account' })),
    ),
    undoes: Type.Optional(Type.String({ ...Id, description: 'the decision that counts no longer' })),
    seen: Type.Optional(
      NullOr(
        Type.Integer({
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'review.seq as the caller has seen it: when it is another one by now, the answer is 409',
        }),
      ),
    ),
  },
  strict,
);
export type DecisionBody = Static<typeof DecisionBody>;
