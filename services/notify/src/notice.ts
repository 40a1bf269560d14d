import type { NoticeItem, NoticeRow } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { explanationOf } from './explanation.js';
import type { PlatformPolicy, Policy } from './policy.js';

/** Not `format: uri`: what sources give as addresses may hold letters beyond ASCII. */
const WebAddress = Type.String({ pattern: '^https?://' });
const Moment = Type.String({ format: 'date-time' });
const Share = Type.Number({ minimum: 0, maximum: 1 });

/**
 * What a platform receives, as JSON. It holds what article 16(2) of the EU's Digital Services Act asks of a notice:
 * the reasons (a), the exact addresses (b), name and e-mail of the notifier (c), a statement of good faith (d).
 */
export const Notice = Type.Object(
  {
    notice_id: Type.String({ format: 'uuid' }),
    revision: Type.Integer({ minimum: 1 }),
    supersedes: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
      description: 'The revision that this one replaces.',
    }),
    instrument: Type.Union([Type.Literal('referral'), Type.Literal('order')], {
      description: "A referral under the platform's own rules, or an order that the law gives the notifier.",
    }),
    category: Type.String({ description: 'hoax, hate or bullying' }),
    legal_basis: Type.Array(Type.String()),
    urgency: Type.String(),
    due_at: Moment,
    campaign_id: Type.String({ format: 'uuid', description: 'Posts of nearly the same content.' }),
    urls: Type.Array(WebAddress, { minItems: 1 }),
    items: Type.Array(
      Type.Object({
        url: WebAddress,
        score: Share,
        text_sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      }),
      { minItems: 1 },
    ),
    claims: Type.Array(
      Type.Object({
        text: Type.String(),
        verdict: Type.String({ description: "The fact-checker's own word." }),
        url: WebAddress,
        publisher: Type.String(),
      }),
      { description: 'What fact-checkers have debunked and the posts repeat.' },
    ),
    explanation: Type.String(),
    language: Type.String({ description: 'Of the explanation: id or en.' }),
    good_faith: Type.String(),
    notifier: Type.Object({ name: Type.String(), email: Type.String() }),
    model: Type.Object(
      { name: Type.String(), version: Type.String(), score: Share, threshold: Share },
      { description: "The score is the highest of the items'." },
    ),
    automated_detection: Type.Literal(true),
    human_reviewed: Type.Boolean(),
    message: Type.Optional(
      Type.Union([Type.Literal('reminder'), Type.Literal('overdue'), Type.Literal('information')], {
        description:
          'Only in a message about a notice that was sent before: a reminder, a deadline that has passed, or information asked for.',
      }),
    ),
    information: Type.Optional(Type.String()),
    answer_url: Type.String({ format: 'uri', description: 'Where a signed answer is taken.' }),
    status_url: Type.String({
      format: 'uri',
      description: 'Where it stands, for a request signed like an answer with an empty body.',
    }),
    evidence_url: Type.String({
      format: 'uri',
      description: 'What our log tells of it, for a request signed in the same way.',
    }),
  },
  { title: 'Notice', description: 'What Siaga sends to a platform. Later fields may be added; these stay.' },
);
export type Notice = Static<typeof Notice>;

/** Cited in a notice; a campaign of a few hundred copies matches the same few. */
const CLAIMS_MAX = 20;

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
  const claims = claimsOf(items);
  const { explanation, goodFaith } = explanationOf(language, notice.category, items.length, claims);
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
    claims,
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

/** Each once, in the order in which the posts brought them. */
function claimsOf(items: readonly NoticeItem[]): Notice['claims'] {
  const byId = new Map(items.flatMap(({ claims }) => (claims ?? []).map((claim) => [claim.claimId, claim] as const)));
  return [...byId.values()]
    .slice(0, CLAIMS_MAX)
    .map(({ text, verdict, url, publisher }) => ({ text, verdict, url, publisher }));
}
