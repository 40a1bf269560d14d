import type { NoticeItem, NoticeRow } from '@siaga/storage';
import { explanationOf } from './explanation.js';
import type { PlatformPolicy, Policy } from './policy.js';

/**
 * What a platform receives, as JSON. It holds what article 16(2) of the EU's Digital Services Act asks of a notice:
 * the reasons (a), the exact addresses (b), name and e-mail of the notifier (c), a statement of good faith (d).
 */
export interface Notice {
  readonly notice_id: string;
  readonly revision: number;
  /** The revision that this one replaces, or null. */
  readonly supersedes: number | null;
  readonly instrument: 'referral' | 'order';
  readonly category: string;
  readonly legal_basis: readonly string[];
  readonly urgency: string;
  readonly due_at: string;
  readonly campaign_id: string;
  readonly urls: readonly string[];
  readonly items: readonly { readonly url: string; readonly score: number; readonly text_sha256: string }[];
  readonly explanation: string;
  readonly language: string;
  readonly good_faith: string;
  readonly notifier: { readonly name: string; readonly email: string };
  /** The score is the highest of the items'. */
  readonly model: {
    readonly name: string;
    readonly version: string;
    readonly score: number;
    readonly threshold: number;
  };
  readonly automated_detection: true;
  readonly human_reviewed: boolean;
  /** Only in a message about a notice that was sent before: a reminder, an overdue deadline, or information asked for. */
  readonly message?: 'reminder' | 'overdue' | 'information';
  readonly information?: string;
  /** Where a signed answer is taken. */
  readonly answer_url: string;
  /** Where it stands, for a request signed like an answer with an empty body. */
  readonly status_url: string;
  /** What our log tells of it, for a request signed in the same way. */
  readonly evidence_url: string;
}

/**
 * @param items the posts it is about, at least one
 * @param publicUrl base address under which answers are taken
 */
export function buildNotice(
  notice: NoticeRow,
  revision: number,
  items: readonly [NoticeItem, ...NoticeItem[]],
  { policy, platform, publicUrl }: { policy: Policy; platform: PlatformPolicy; publicUrl: string },
): Notice {
  const newest = items[items.length - 1] as NoticeItem;
  const { language = 'id' } = platform;
  const { explanation, goodFaith } = explanationOf(language, notice.category, items.length);
  const address = (path: string) => new URL(`/v1/notices/${notice.noticeId}${path}`, publicUrl).href;
  return {
    notice_id: notice.noticeId,
    revision,
    supersedes: revision > 1 ? revision - 1 : null,
    instrument: policy.categories[notice.category].instrument,
    category: notice.category,
    legal_basis: policy.categories[notice.category].legalBasis,
    urgency: notice.urgency,
    due_at: notice.dueAt.toISOString(),
    campaign_id: notice.campaignId,
    urls: items.map((item) => item.url),
    items: items.map(({ url, score, textSha256 }) => ({ url, score, text_sha256: textSha256 })),
    explanation,
    language,
    good_faith: goodFaith,
    notifier: policy.notifier,
    model: {
      name: newest.modelName,
      version: newest.modelVersion,
      score: Math.max(...items.map(({ score }) => score)),
      threshold: newest.threshold,
    },
    automated_detection: true,
    human_reviewed: notice.reviewedBy !== null,
    answer_url: address('/answer'),
    status_url: address(''),
    evidence_url: address('/evidence'),
  };
}
