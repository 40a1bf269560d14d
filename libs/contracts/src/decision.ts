import Type, { type Static } from 'typebox';
import { CategoryName, Id, Instant } from './fields.js';

/** What somebody can decide. The first four say what a flag or a campaign is; the others move, annotate or take back. */
export const DECISION_ACTIONS = [
  'confirm',
  'dismiss',
  'escalate',
  'known-hoax',
  'assign',
  'comment',
  'merge',
  'split',
  'undo',
] as const;
export type DecisionAction = (typeof DECISION_ACTIONS)[number];

/** What a flag or a campaign is by what people have decided; `disputed` when two reviewers differ. */
export const REVIEW_STATES = ['open', 'confirmed', 'dismissed', 'escalated', 'disputed'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** Why an alert is dismissed, in words that can be counted. Any other text is a reason of its own. */
export const DISMISS_REASONS = [
  'not-hostile',
  'satire',
  'news-report',
  'counter-speech',
  'quote',
  'true-claim',
  'opinion',
  'duplicate',
  'spam',
  'other',
] as const;

/**
 * What a person decided about a flag or a campaign: the value on `siaga.decisions`, keyed by its subject. Version 2 knows more
 * actions than version 1 did, under which nothing was ever written.
 */
export const Decision = Type.Object({
  schemaVersion: Type.Literal(2),
  decisionId: Id,
  subject: Type.Union([Type.Object({ flagId: Id }), Type.Object({ campaignId: Id })]),
  action: Type.Enum([...DECISION_ACTIONS]),
  /** Of an audited post: what it is, which may be nothing. Its action is to confirm when it is something. */
  categories: Type.Optional(Type.Array(CategoryName, { maxItems: 3, uniqueItems: true })),
  reason: Type.Optional(Type.String({ maxLength: 2000 })),
  /** Of assign: an account's name, or nobody. */
  assignee: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()])),
  /** Of merge: the campaign that takes the subject's flags; of split: the new campaign that the flags went to. */
  into: Type.Optional(Id),
  /** Of split: what left the subject. */
  flags: Type.Optional(Type.Array(Id, { maxItems: 200 })),
  /** Of known-hoax: the claim on `siaga.claims` that it made. */
  claimId: Type.Optional(Id),
  /** Of undo: the decision that counts no longer. */
  undoes: Type.Optional(Id),
  /** What the subject is after this decision: who follows only states reads this and nothing else. */
  state: Type.Enum([...REVIEW_STATES]),
  decidedBy: Type.String({ minLength: 1, maxLength: 200 }),
  decidedAt: Instant,
});
export type Decision = Static<typeof Decision>;
