import { DECISION_ACTIONS } from '@siaga/contracts';
import Type, { type Static } from 'typebox';
import { CategoryName, Nullable } from '../fields.js';
import { DeskClaim } from './desk-claim.js';

// PostgreSQL's text cannot hold U+0000.
const Line = { pattern: '^[^\\u0000]*$' };
const Id = Type.String({ minLength: 1, maxLength: 512, pattern: '^[\\x21-\\x7e\\u00a1-\\uffff]+$' });
const CampaignId = Type.String({ format: 'uuid' });
const strict = { additionalProperties: false };

/** What a person decides about a flag or a campaign. */
export const DecisionBody = Type.Object(
  {
    decisionId: Type.Optional(
      Type.String({ ...Id, description: 'chosen by the caller, so that a repeat of the request changes nothing' }),
    ),
    subject: Type.Union([Type.Object({ flagId: Id }, strict), Type.Object({ campaignId: CampaignId }, strict)]),
    action: Type.Enum([...DECISION_ACTIONS], {
      description: 'merge, split and a decision about something disputed take the permission "settle"',
    }),
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
      Nullable(Type.String({ minLength: 1, maxLength: 200, ...Line, description: 'of assign: name of an account' })),
    ),
    into: Type.Optional(
      Type.String({
        format: 'uuid',
        description: 'of merge: the campaign that takes the flags and their later copies',
      }),
    ),
    flags: Type.Optional(
      Type.Array(Id, {
        ...{ minItems: 1, maxItems: 200, uniqueItems: true },
        description: 'of split: what leaves the campaign for a new one',
      }),
    ),
    claim: Type.Optional(
      Type.Object(DeskClaim.properties, {
        ...strict,
        description: 'of known-hoax: what is not true; the fact-check, if there is one',
      }),
    ),
    undoes: Type.Optional(Type.String({ ...Id, description: 'of undo: the decision that counts no longer' })),
    seen: Type.Optional(
      Nullable(
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
