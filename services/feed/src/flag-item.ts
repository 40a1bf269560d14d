import { needsAttention, type RecordedFlag, type RemovedFlag } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { highlightsOf } from './highlights.js';
import { CategoryName, Instant, Nullable } from './fields.js';
import { Review, reviewItem } from './review.js';

export const NoticeItem = Type.Object({
  noticeId: Type.String(),
  state: Nullable(Type.String({ description: 'of the latest delivery' })),
  answerState: Nullable(Type.String({ description: "the platform's latest word" })),
  needsAttention: Type.Boolean({
    description: 'the platform sent it back (rejected, disputed, needs_info), or cannot be reached',
  }),
  dueAt: Instant,
  deliveredAt: Nullable(Instant),
});
export type NoticeItem = Static<typeof NoticeItem>;

/** A flag as the API, the stream and the console show it. */
export const FlagItem = Type.Object({
  flagId: Type.String(),
  seq: Type.Integer({ description: 'order of recording; the event id on the stream' }),
  category: CategoryName,
  score: Type.Number({ description: 'calibrated probability' }),
  threshold: Type.Number(),
  escalateThreshold: Type.Number(),
  scores: Type.Object({ hoax: Type.Number(), hate: Type.Number(), bullying: Type.Number() }),
  labels: Nullable(Type.Record(Type.String(), Type.Number())),
  model: Type.Object({ name: Type.String(), version: Type.String() }),
  reasons: Type.Array(Type.Object({ kind: Type.Literal('token'), token: Type.String(), weight: Type.Number() })),
  highlights: Type.Array(
    Type.Object({
      start: Type.Integer({ description: 'UTF-16 offset in post.text' }),
      end: Type.Integer(),
      weight: Type.Number(),
    }),
    { description: 'where the tokens of reasons stand in the text as it was written' },
  ),
  campaignId: Nullable(Type.String({ description: 'null of an audited post' })),
  campaignSize: Type.Integer(),
  post: Type.Object({
    id: Type.String(),
    platform: Type.String(),
    url: Nullable(Type.String()),
    author: Nullable(Type.String({ description: 'pseudonym' })),
    language: Nullable(Type.String()),
    text: Type.String(),
    createdAt: Instant,
    seenAt: Instant,
    removedAt: Nullable(
      Type.String({
        description:
          'since when the text is gone: its author took the post down, changed it (the new version is a flag of its own, if it is one) or left',
      }),
    ),
  }),
  flaggedAt: Instant,
  recordedAt: Instant,
  reportedAs: Nullable(CategoryName),
  review: Review,
  claims: Type.Array(
    Type.Object({
      claimId: Type.String(),
      text: Type.String(),
      verdict: Type.String({ description: "the checker's own words" }),
      url: Type.String(),
      publisher: Type.String(),
      probability: Type.Optional(Type.Number({ description: 'that the post is about this claim' })),
    }),
    { description: 'fact-checks of what the post repeats, the closest first' },
  ),
  debunkedAt: Nullable(
    Type.String({
      description: 'when it gained a claim that was debunked after it was recorded; null if that was never',
    }),
  ),
  notice: Nullable(NoticeItem),
  audit: Nullable(
    Type.Object(
      {
        share: Type.Number({ description: 'the chance that the post had of being picked' }),
        found: Nullable(Type.Array(CategoryName, { description: 'what a person found it to be; null before that' })),
      },
      { description: 'of a post below every threshold that was picked at random for people to look at: no alert' },
    ),
  ),
});
export type FlagItem = Static<typeof FlagItem>;

/** @param viewer name of the account that looks, where it is known */
export function flagItem(flag: RecordedFlag, viewer?: string): FlagItem {
  return {
    flagId: flag.flagId,
    seq: flag.seq,
    category: flag.category,
    score: flag.score,
    threshold: flag.threshold,
    escalateThreshold: flag.escalateThreshold,
    scores: flag.scores,
    labels: flag.labels,
    model: { name: flag.modelName, version: flag.modelVersion },
    reasons: flag.reasons,
    highlights: highlightsOf(flag.text, flag.reasons),
    campaignId: flag.campaignId,
    campaignSize: flag.campaignSize,
    post: {
      id: flag.postId,
      platform: flag.platform,
      url: flag.url,
      author: flag.author,
      language: flag.language,
      text: flag.text,
      createdAt: flag.createdAt.toISOString(),
      seenAt: flag.seenAt.toISOString(),
      removedAt: flag.removedAt?.toISOString() ?? null,
    },
    flaggedAt: flag.flaggedAt.toISOString(),
    recordedAt: flag.recordedAt.toISOString(),
    reportedAs: flag.reportedAs,
    review: reviewItem(flag.review, viewer),
    claims: [...(flag.claims ?? [])],
    debunkedAt: flag.debunkedAt?.toISOString() ?? null,
    notice: noticeItem(flag),
    audit: flag.auditShare === null ? null : { share: flag.auditShare, found: flag.auditFound },
  };
}

export function noticeItem(
  notice: Pick<RecordedFlag, 'noticeId' | 'deliveryState' | 'answerState' | 'dueAt' | 'deliveredAt'>,
): NoticeItem | null {
  if (notice.noticeId === null || notice.dueAt === null) return null;
  return {
    noticeId: notice.noticeId,
    state: notice.deliveryState,
    answerState: notice.answerState,
    needsAttention: needsAttention(notice),
    dueAt: notice.dueAt.toISOString(),
    deliveredAt: notice.deliveredAt?.toISOString() ?? null,
  };
}

/** The stream's `removed`: a post was taken down by its author, so whoever keeps a copy of the flag's text deletes it. */
export interface RemovedEvent {
  readonly seq: number;
  readonly flagId: string;
  readonly postId: string;
  readonly removedAt: string;
}

export const removedEvent = (seq: number, { flagId, postId, removedAt }: RemovedFlag): RemovedEvent => ({
  ...{ seq, flagId, postId },
  removedAt: removedAt.toISOString(),
});
