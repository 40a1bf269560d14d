import { type ListedAnswer, type PlatformMessage, type PlatformNotice as StoredNotice } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { CategoryName, Instant, Nullable } from './fields.js';

export const PlatformNotice = Type.Object({
  noticeId: Type.String(),
  category: CategoryName,
  urgency: Type.String(),
  dueAt: Instant,
  pausedAt: Nullable(Type.String({ description: 'since when the clock stands, for you wait for information' })),
  deliveredAt: Instant,
  answerState: Nullable(Type.String({ description: 'your latest word' })),
  revision: Type.Integer(),
  posts: Type.Integer({ description: 'how many it lists' }),
});
export type PlatformNotice = Static<typeof PlatformNotice>;

export const PlatformNoticeDetail = Type.Object({
  ...PlatformNotice.properties,
  instrument: Type.String({ description: 'referral or order' }),
  explanation: Type.String(),
  language: Type.String({ description: 'of the explanation' }),
  goodFaith: Type.String(),
  legalBasis: Type.Array(Type.String()),
  notifier: Type.Object({ name: Type.String(), email: Type.String() }),
  humanReviewed: Type.Boolean(),
  model: Type.Object({ name: Type.String(), version: Type.String(), score: Type.Number(), threshold: Type.Number() }),
  items: Type.Array(Type.Object({ url: Type.String(), score: Type.Number() })),
  claims: Type.Array(
    Type.Object({ text: Type.String(), verdict: Type.String(), url: Type.String(), publisher: Type.String() }),
  ),
  answers: Type.Array(
    Type.Object({
      state: Type.String(),
      reason: Nullable(Type.String()),
      reference: Nullable(Type.String()),
      answeredBy: Nullable(Type.String({ description: 'the account; null where it came signed or by a link' })),
      receivedAt: Instant,
    }),
  ),
  messages: Type.Array(
    Type.Object({
      kind: Type.String({ description: 'reminder, overdue or information' }),
      deliveredAt: Instant,
      information: Nullable(Type.String()),
    }),
  ),
});
export type PlatformNoticeDetail = Static<typeof PlatformNoticeDetail>;

/** What a notice was sent as: `docs/notice.schema.json`, as far as it is shown. Fields may be added to it, none goes. */
interface SentNotice {
  readonly revision: number;
  readonly instrument: string;
  readonly explanation: string;
  readonly language: string;
  readonly good_faith: string;
  readonly legal_basis: readonly string[];
  readonly notifier: { readonly name: string; readonly email: string };
  readonly human_reviewed: boolean;
  readonly model: PlatformNoticeDetail['model'];
  readonly items: readonly { readonly url: string; readonly score: number }[];
  readonly claims?: PlatformNoticeDetail['claims'];
  readonly information?: string;
}

export const platformNotice = (notice: StoredNotice): PlatformNotice => shown(notice, sentOf(notice));

export function platformNoticeDetail(
  notice: StoredNotice,
  answers: readonly ListedAnswer[],
  messages: readonly PlatformMessage[],
): PlatformNoticeDetail {
  const sent = sentOf(notice);
  return {
    ...shown(notice, sent),
    instrument: sent.instrument,
    explanation: sent.explanation,
    language: sent.language,
    goodFaith: sent.good_faith,
    legalBasis: [...sent.legal_basis],
    notifier: sent.notifier,
    humanReviewed: sent.human_reviewed,
    model: sent.model,
    items: sent.items.map(({ url, score }) => ({ url, score })),
    claims: sent.claims ?? [],
    answers: answers.map(({ state, reason, reference, answeredBy, receivedAt }) => ({
      ...{ state, reason, reference, answeredBy, receivedAt: receivedAt.toISOString() },
    })),
    messages: messages.map(({ kind, deliveredAt, payload }) => ({
      ...{ kind, deliveredAt: deliveredAt.toISOString(), information: sentOf({ payload }).information ?? null },
    })),
  };
}

const sentOf = ({ payload }: { readonly payload: string }) => JSON.parse(payload) as SentNotice;

const shown = (notice: StoredNotice, { revision, items }: SentNotice): PlatformNotice => ({
  noticeId: notice.noticeId,
  category: notice.category,
  urgency: notice.urgency,
  dueAt: notice.dueAt.toISOString(),
  pausedAt: notice.pausedAt?.toISOString() ?? null,
  deliveredAt: notice.deliveredAt.toISOString(),
  answerState: notice.answerState,
  revision,
  posts: items.length,
});
